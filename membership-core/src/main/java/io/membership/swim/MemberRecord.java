package io.membership.swim;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/** What the protocol remembers of one member. Only {@link MemberTable} changes it. */
final class MemberRecord {

	private final MemberUri uri;

	private MemberStatus status;

	private long incarnation;

	private @Nullable Payload payload;

	private long timestampMicros;

	private @Nullable Duration clockDelta;

	/** Set exactly while the status is {@link MemberStatus#SUSPECT}. */
	private @Nullable Suspicion suspicion;

	/** Where the table keeps this record. */
	int index;

	MemberRecord(MemberUri uri, MemberStatus status, long incarnation) {
		this.uri = uri;
		this.status = status;
		this.incarnation = incarnation;
	}

	/** Takes over what a newer rumor says. */
	void update(Rumor rumor, long nowMicros, long nowNanos) {
		this.status = rumor.status();
		this.incarnation = rumor.incarnation();
		if (rumor.payload() != null) {
			this.payload = rumor.payload();
		}
		this.suspicion = (this.status == MemberStatus.SUSPECT) ? new Suspicion(nowNanos) : null;
		this.timestampMicros = nowMicros;
	}

	/** Notes that the member answered a probe. */
	void heardFrom(@Nullable Duration measuredClockDelta, long nowMicros, long nowNanos) {
		if (measuredClockDelta != null) {
			this.clockDelta = measuredClockDelta;
		}
		if (this.suspicion != null) {
			this.suspicion = new Suspicion(nowNanos);
		}
		this.timestampMicros = nowMicros;
	}

	/** Gives a suspect more time. */
	void extendSuspicion(Duration more) {
		if (this.suspicion != null) {
			this.suspicion = new Suspicion(this.suspicion.sinceNanos() + more.toNanos());
		}
	}

	MemberUri uri() {
		return this.uri;
	}

	MemberStatus status() {
		return this.status;
	}

	long incarnation() {
		return this.incarnation;
	}

	@Nullable Payload payload() {
		return this.payload;
	}

	@Nullable Suspicion suspicion() {
		return this.suspicion;
	}

	boolean isAlive() {
		return this.status == MemberStatus.ALIVE;
	}

	/** Returns this member's state as news that nobody needs to pass on. */
	Rumor toRumor() {
		return new Rumor(this.uri, this.status, this.incarnation, this.payload, 0);
	}

	Member toMember() {
		Map<String, Object> shown = (this.payload != null) ? this.payload.toMap() : Map.of();
		Instant timestamp = Instant.ofEpochSecond(Math.floorDiv(this.timestampMicros, 1_000_000L),
				Math.floorMod(this.timestampMicros, 1_000_000L) * 1000);
		return new Member(this.uri, this.status, this.incarnation, shown, timestamp, this.clockDelta);
	}

}

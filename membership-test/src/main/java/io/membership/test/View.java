package io.membership.test;

import java.util.Arrays;

import io.membership.MemberStatus;
import org.jspecify.annotations.Nullable;

/**
 * What one member believes of all, as arrays by number: 9 bytes per entry, 13 in a mesh
 * with payloads. Keeps its digest up to date, so that views can be compared at once.
 */
final class View {

	/** As {@link StatusCodes}. */
	private byte[] status;

	private long[] incarnation;

	/** Empty until somebody has a payload. */
	private int[] payload = {};

	private long digest;

	private int known;

	private int alive;

	View(int size) {
		this.status = new byte[size + 1];
		this.incarnation = new long[size + 1];
	}

	@Nullable MemberStatus status(int member) {
		return (member < this.status.length) ? StatusCodes.status(this.status[member]) : null;
	}

	/** Returns an incarnation, 0 of an unknown member. */
	long incarnation(int member) {
		return (member < this.status.length) ? this.incarnation[member] : 0;
	}

	int payload(int member) {
		return (member < this.payload.length) ? this.payload[member] : 0;
	}

	int known() {
		return this.known;
	}

	int alive() {
		return this.alive;
	}

	/** Returns the same for two views of the same alive and suspect members. */
	long digest() {
		return this.digest;
	}

	/** Whether an entry is already like this. */
	boolean holds(int member, MemberStatus newStatus, long newIncarnation, int newPayload) {
		return status(member) == newStatus && incarnation(member) == newIncarnation && payload(member) == newPayload;
	}

	void set(int member, MemberStatus newStatus, long newIncarnation, int newPayload) {
		if (member >= this.status.length) {
			int length = Math.max(member + 1, this.status.length * 3 / 2);
			this.status = Arrays.copyOf(this.status, length);
			this.incarnation = Arrays.copyOf(this.incarnation, length);
		}
		if (newPayload != 0 && member >= this.payload.length) {
			this.payload = Arrays.copyOf(this.payload, this.status.length);
		}
		count(member, -1);
		this.status[member] = StatusCodes.of(newStatus);
		this.incarnation[member] = newIncarnation;
		if (member < this.payload.length) {
			this.payload[member] = newPayload;
		}
		count(member, 1);
	}

	void remove(int member) {
		if (status(member) != null) {
			count(member, -1);
			this.status[member] = 0;
			this.incarnation[member] = 0;
		}
	}

	private void count(int member, int sign) {
		MemberStatus now = status(member);
		if (now != null) {
			this.known += sign;
			if (now == MemberStatus.ALIVE) {
				this.alive += sign;
			}
			if (now == MemberStatus.ALIVE || now == MemberStatus.SUSPECT) {
				this.digest += sign * hash(member, now);
			}
		}
	}

	private long hash(int member, MemberStatus now) {
		long mixed = Fingerprint.mix(member * 8L + now.code());
		mixed = Fingerprint.mix(mixed ^ this.incarnation[member]);
		return Fingerprint.mix(mixed + payload(member));
	}

}

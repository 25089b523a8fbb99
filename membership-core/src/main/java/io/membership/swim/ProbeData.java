package io.membership.swim;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * The data of a PING and of its ACK. Whoever answers or forwards a probe returns its data
 * untouched, so everything that this version does not understand stays in {@code extra},
 * known keys with unexpected values included.
 *
 * @param source who probes, or {@code null} if it does not say
 * @param target who is probed, or {@code null} if it does not say
 * @param sentAt when the probe began by the clock of its source, in microseconds since
 * the epoch, or {@link #UNKNOWN}
 * @param answeredAt when the target answered by its own clock, in microseconds since the
 * epoch, or {@link #UNKNOWN}
 * @param extra all other entries, with their types
 */
public record ProbeData(@Nullable MemberUri source, @Nullable MemberUri target, long sentAt, long answeredAt,
		Map<?, ?> extra) {

	/** A time that is not given. */
	public static final long UNKNOWN = -1;

	/** The key of {@link #answeredAt} on the wire. */
	public static final String ANSWERED_AT = "ats";

	/** The key of what a PING tells of its source. */
	public static final String SOURCE_INTRODUCTION = "x";

	/** The key of what an ACK tells of its target. */
	public static final String TARGET_INTRODUCTION = "y";

	static ProbeData of(MemberUri source, MemberUri target, long sentAt) {
		return new ProbeData(source, target, sentAt, UNKNOWN, Map.of());
	}

	/**
	 * Returns how far the target's clock is ahead, on the assumption that both ways took
	 * the same time.
	 * @param receivedAt the time of receipt by the source's clock, in microseconds
	 */
	@Nullable Duration clockDelta(long receivedAt) {
		if (this.answeredAt == UNKNOWN) {
			return null;
		}
		double micros = (this.answeredAt - this.sentAt) - (receivedAt - this.sentAt) / 2.0;
		return Duration.ofNanos((long) (micros * 1000));
	}

	ProbeData answered(long now) {
		Map<?, ?> others = this.extra;
		if (others.containsKey(ANSWERED_AT)) {
			others = new LinkedHashMap<>(others);
			others.remove(ANSWERED_AT);
		}
		return new ProbeData(this.source, this.target, this.sentAt, now, others);
	}

}

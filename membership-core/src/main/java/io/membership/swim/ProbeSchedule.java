package io.membership.swim;

import java.util.random.RandomGenerator;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * The order in which members are probed: round by round, each round a new random order of
 * all that have not left, this node included and the dead included, because that is how a
 * healed partition is noticed (SWIM §4.3, reference: {@code _protocol_round_list}). Who
 * joins waits for the next round.
 */
final class ProbeSchedule {

	private final RandomGenerator random;

	private final MemberTable table;

	/** Who is in this round; those from {@link #taken} on still wait for their turn. */
	private MemberUri[] round = {};

	private int taken;

	ProbeSchedule(RandomGenerator random, MemberTable table) {
		this.random = random;
		this.table = table;
	}

	/** Returns whom to probe next, or {@code null} if there is nobody. */
	@Nullable MemberUri next() {
		MemberUri next = nextOfRound();
		if (next == null) {
			this.round = this.table.all().filter(ProbeSchedule::isProbed).map(Rumor::uri).toArray(MemberUri[]::new);
			this.taken = 0;
			next = nextOfRound();
		}
		return next;
	}

	private @Nullable MemberUri nextOfRound() {
		while (this.taken < this.round.length) {
			MemberUri next = take();
			Rumor known = this.table.get(next);
			if (known != null && isProbed(known)) {
				return next;
			}
		}
		return null;
	}

	/** Takes one of those who wait (Fisher and Yates). */
	private MemberUri take() {
		int chosen = this.random.nextInt(this.taken, this.round.length);
		MemberUri next = this.round[chosen];
		this.round[chosen] = this.round[this.taken];
		this.round[this.taken] = next;
		this.taken++;
		return next;
	}

	private static boolean isProbed(Rumor known) {
		return known.status() != MemberStatus.LEFT;
	}

}

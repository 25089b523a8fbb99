package io.membership.swim;

import java.util.ArrayDeque;
import java.util.Deque;

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

	private final MemberTable table;

	private final Deque<MemberUri> round = new ArrayDeque<>();

	ProbeSchedule(MemberTable table) {
		this.table = table;
	}

	/** Returns whom to probe next, or {@code null} if there is nobody. */
	@Nullable MemberUri next() {
		MemberUri next = nextOfRound();
		if (next == null) {
			this.round.addAll(this.table.shuffled(ProbeSchedule::isProbed));
			next = nextOfRound();
		}
		return next;
	}

	private @Nullable MemberUri nextOfRound() {
		MemberUri next = this.round.poll();
		while (next != null) {
			MemberRecord record = this.table.get(next);
			if (record != null && isProbed(record)) {
				return next;
			}
			next = this.round.poll();
		}
		return null;
	}

	private static boolean isProbed(MemberRecord record) {
		return record.status() != MemberStatus.LEFT;
	}

}

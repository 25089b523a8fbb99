package io.membership.swim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * The order in which members are probed: round by round, each round a new random order of
 * all that have not left, this node included and the dead included, because that is how a
 * healed partition is noticed (SWIM §4.3, reference: {@code _protocol_round_list}).
 * <p>
 * Who joins waits for the next round, as in the reference; with any extension it gets a
 * random place in the running one, as the paper has it, so that a mesh that grows fast
 * does not leave its newest members alone. Where the dead are forgotten at last, many of
 * them do not keep this node from probing the living before that: no more than every
 * fifth probe is of a dead member.
 */
final class ProbeSchedule {

	/** How many probes there are for each one of a dead member. */
	private static final int PROBES_PER_DEAD = 5;

	private final RandomGenerator random;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	/** Who is in this round; those from {@link #taken} on still wait for their turn. */
	private MemberUri[] round = {};

	private int size;

	private int taken;

	/** Dead members whose turn came too early. */
	private final Queue<MemberUri> postponed = new ArrayDeque<>(0);

	private int sinceDead = PROBES_PER_DEAD;

	ProbeSchedule(RandomGenerator random, Supplier<MembershipOptions> options, MemberTable table) {
		this.random = random;
		this.options = options;
		this.table = table;
	}

	/** Lets a new member into the running round. */
	void join(MemberUri member) {
		if (this.options.get().extensions().isEmpty() || this.taken == this.size) {
			return;
		}
		if (this.size == this.round.length) {
			this.round = Arrays.copyOf(this.round, this.size + this.size / 2 + 1);
		}
		this.round[this.size++] = member;
	}

	/** Returns whom to probe next, or {@code null} if there is nobody. */
	@Nullable MemberUri next() {
		this.sinceDead++;
		MemberUri next = nextOfPostponed();
		if (next == null) {
			next = nextOfRound();
		}
		if (next == null) {
			beginRound();
			next = nextOfRound();
		}
		return next;
	}

	/** The dead have a round of their own, which goes on over many of the others. */
	private void beginRound() {
		boolean withDead = this.postponed.isEmpty();
		this.round = new MemberUri[this.table.size()];
		this.size = 0;
		this.taken = 0;
		this.table.forEach((known) -> {
			if (isProbed(known) && (withDead || !isDead(known))) {
				this.round[this.size++] = known.uri();
			}
		});
	}

	private @Nullable MemberUri nextOfPostponed() {
		if (!areDeadBounded()) {
			this.postponed.clear();
		}
		while (isDeadDue() && !this.postponed.isEmpty()) {
			MemberUri next = this.postponed.remove();
			Rumor known = this.table.get(next);
			if (known != null && isDead(known)) {
				this.sinceDead = 0;
				return next;
			}
		}
		return null;
	}

	private @Nullable MemberUri nextOfRound() {
		while (this.taken < this.size) {
			MemberUri next = take();
			Rumor known = this.table.get(next);
			if (known != null && isProbed(known) && !isPostponed(known)) {
				return next;
			}
		}
		return null;
	}

	/** Takes one of those who wait (Fisher and Yates). */
	private MemberUri take() {
		int chosen = this.random.nextInt(this.taken, this.size);
		MemberUri next = this.round[chosen];
		this.round[chosen] = this.round[this.taken];
		this.round[this.taken] = next;
		this.taken++;
		return next;
	}

	private boolean isPostponed(Rumor known) {
		if (!isDead(known)) {
			return false;
		}
		if (isDeadDue()) {
			this.sinceDead = 0;
			return false;
		}
		this.postponed.add(known.uri());
		return true;
	}

	private boolean isDeadDue() {
		return this.sinceDead >= PROBES_PER_DEAD || !areDeadBounded();
	}

	/** Who has nobody else to probe loses nothing by looking for the dead. */
	private boolean areDeadBounded() {
		return this.options.get().uses(MembershipExtension.FORGETTING) && this.table.hasCompany();
	}

	private static boolean isProbed(Rumor known) {
		return known.status() != MemberStatus.LEFT;
	}

	/** Whether a member of the round is not expected to answer. */
	private static boolean isDead(Rumor known) {
		return known.status() == MemberStatus.DEAD || known.status() == MemberStatus.NON_DECRYPTABLE;
	}

}

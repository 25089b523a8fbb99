package io.membership.swim;

import java.util.ArrayDeque;
import java.util.Queue;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * The order in which others are asked to probe a silent member: at random (SWIM §4.1),
 * but first one that can say that it hears nothing either, if one is known.
 */
final class HelperChoice {

	/**
	 * How many to look at for one, so that a large mesh costs no more than a small one.
	 */
	private static final int CANDIDATES = 64;

	private final MemberTable table;

	private final Peers peers;

	private final MemberUri target;

	private final Sample<Rumor> members;

	/** Those who were passed over, and come next. */
	private final Queue<MemberUri> passed = new ArrayDeque<>();

	HelperChoice(MemberTable table, Peers peers, MemberUri target) {
		this.table = table;
		this.peers = peers;
		this.target = target;
		this.members = table.sample();
		if (peers.has(Ability.NEGATIVE_ACKS)) {
			preferCapable();
		}
	}

	private void preferCapable() {
		Queue<MemberUri> others = new ArrayDeque<>();
		while (others.size() < CANDIDATES) {
			MemberUri other = draw();
			if (other == null) {
				break;
			}
			if (isCapable(other)) {
				this.passed.add(other);
				break;
			}
			others.add(other);
		}
		this.passed.addAll(others);
	}

	/** Whether a member can say that it hears nothing, as far as this node knows. */
	boolean isCapable(MemberUri helper) {
		return this.peers.can(helper, Ability.NEGATIVE_ACKS);
	}

	/** Returns whom to ask next, or {@code null} if there is nobody left. */
	@Nullable MemberUri next() {
		MemberUri next = this.passed.poll();
		return (next != null) ? next : draw();
	}

	private @Nullable MemberUri draw() {
		while (this.members.hasNext()) {
			Rumor other = this.members.next();
			if (other.isAlive() && !this.table.isSelf(other.uri()) && !other.uri().equals(this.target)) {
				return other.uri();
			}
		}
		return null;
	}

}

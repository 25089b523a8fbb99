package io.membership.swim;

import java.util.List;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberUri;

/**
 * Saying goodbye: one LEAVE to every alive member, which believes it at once (reference:
 * {@code leave}, {@code mark_left}).
 */
final class Departure {

	private final Environment environment;

	private final MemberTable table;

	private final Gossip gossip;

	Departure(Environment environment, MemberTable table, Gossip gossip) {
		this.environment = environment;
		this.table = table;
		this.gossip = gossip;
	}

	/** Says goodbye for this node. */
	void leave() {
		Rumor self = this.table.self();
		announce(self);
		this.table.adopt(new Rumor(self.uri(), MemberStatus.LEFT, self.incarnation(), null, 0),
				Evidence.own(Cause.LEAVE));
	}

	/**
	 * Says goodbye in the name of another member.
	 * @return whether there is such a member that has not left
	 */
	boolean markLeft(MemberUri uri) {
		Rumor known = this.table.get(uri);
		if (known == null || known.status() == MemberStatus.LEFT || this.table.isSelf(uri)) {
			return false;
		}
		this.gossip.spread(announce(known), Evidence.own(Cause.REQUESTED));
		return true;
	}

	/** Tells everybody but the one that left, who is the message's sender. */
	private Rumor announce(Rumor leaver) {
		Rumor left = new Rumor(leaver.uri(), MemberStatus.LEFT, leaver.incarnation(), null, this.table.size() - 1);
		Message message = new Message.Leave(leaver.uri(), List.of(left));
		this.table
			.shuffled(
					(other) -> other.isAlive() && !other.uri().equals(leaver.uri()) && !this.table.isSelf(other.uri()))
			.forEach((uri) -> this.environment.send(uri, message));
		return left;
	}

}

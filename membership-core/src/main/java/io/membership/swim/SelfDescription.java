package io.membership.swim;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * What this node says about itself. A payload must fit every datagram that has to carry
 * it, because a node that sends more becomes unreadable to all others and soon dead.
 */
final class SelfDescription {

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Gossip gossip;

	SelfDescription(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Gossip gossip) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.gossip = gossip;
	}

	/** Appears in the mesh, for the first time or under another URI. */
	void appear(MemberUri uri, long incarnation, Payload payload) {
		this.gossip.start(uri, MemberStatus.ALIVE, incarnation, payload, Evidence.own(Cause.STARTED));
	}

	Payload payload() {
		Payload payload = this.table.self().payload();
		return (payload != null) ? payload : this.environment.format().emptyPayload();
	}

	void set(String key, @Nullable Object value) {
		MemberRecord self = this.table.self();
		Payload before = payload();
		Payload after = before.with(key, value);
		if (after != before) {
			checkFits(after);
			this.gossip.start(self.uri(), self.status(), self.incarnation() + 1, after, Evidence.own(Cause.REQUESTED));
		}
	}

	void checkFits(Payload payload) {
		int size = sizeWith(payload);
		int limit = this.options.get().maxPacketSize();
		int capacity = this.environment.format().capacity(limit);
		if (size > capacity) {
			throw new IllegalArgumentException("The payload is " + (size - capacity)
					+ " bytes too large: a datagram with it needs " + size + " bytes, and no more than " + capacity
					+ " fit the largest packet size of " + limit + " bytes");
		}
	}

	/**
	 * Returns the size of the largest datagram that has to carry the payload: an ACK to a
	 * member with a URI as long as any, with every number at its widest.
	 */
	private int sizeWith(Payload payload) {
		MemberUri self = this.table.selfUri();
		MemberUri other = self;
		for (MemberRecord record : this.table.records()) {
			if (record.uri().toString().length() > other.toString().length()) {
				other = record.uri();
			}
		}
		Rumor opinion = new Rumor(other, MemberStatus.ALIVE, Rumor.MAX_INCARNATION, null, Short.MAX_VALUE);
		Rumor myself = new Rumor(self, MemberStatus.ALIVE, Rumor.MAX_INCARNATION, payload, Short.MAX_VALUE);
		ProbeData data = new ProbeData(other, self, Long.MAX_VALUE, Long.MAX_VALUE, Map.of());
		return this.environment.format().sizeOf(new Message.Ack(self, data, List.of(opinion, myself)));
	}

}

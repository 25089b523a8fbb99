package io.membership.swim;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.membership.Encryption;
import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.InvalidPayloadException;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * What this node says about itself. A payload must fit every datagram that has to carry
 * it, because a node that sends more becomes unreadable to all others and soon dead.
 */
final class SelfDescription {

	/** A URI of 43 characters, as long as host names of cloud providers are. */
	private static final MemberUri LONG_URI = MemberUri.of("x".repeat(37), MemberUri.MAX_PORT);

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

	void set(Map<String, ? extends @Nullable Object> changes) {
		Rumor self = this.table.self();
		Payload before = payload();
		Payload after = before.with(changes);
		if (after != before) {
			checkFits(after);
			if (self.incarnation() == Rumor.MAX_INCARNATION) {
				throw new IllegalStateException(
						"This node has the highest incarnation, so nobody would believe that its payload changed");
			}
			this.gossip.start(self.uri(), self.status(), self.incarnation() + 1, after, Evidence.own(Cause.REQUESTED));
		}
	}

	/** Tells the others when this node understands more, or less, than it did. */
	void refresh(Supplement current) {
		Rumor self = this.table.self();
		if (!self.says(current) && self.incarnation() < Rumor.MAX_INCARNATION) {
			this.gossip.start(self.uri(), self.status(), self.incarnation() + 1, self.payload(),
					Evidence.own(Cause.REQUESTED));
		}
	}

	/** Contradicts somebody who knows another payload of this incarnation. */
	void reassert() {
		Rumor self = this.table.self();
		if (self.incarnation() < Rumor.MAX_INCARNATION) {
			this.gossip.start(self.uri(), self.status(), self.incarnation() + 1, payload(),
					Evidence.own(Cause.REFUTED));
		}
	}

	void checkFits(Payload payload) {
		checkFits(payload, this.table.selfUri(), this.environment.format(), this.options.get());
	}

	/**
	 * Checks the largest datagram that has to carry the payload: an ACK to a member with
	 * a long URI, with every number at its widest. For a member with a still longer one
	 * the opinion of it gives way, and at last the payload: strangers choose their URIs,
	 * so these must not decide what this node can say.
	 */
	static void checkFits(Payload payload, MemberUri self, WireFormat format, MembershipOptions options) {
		MemberUri uri = (self.port() != 0) ? self : MemberUri.of(self.host(), MemberUri.MAX_PORT);
		MemberUri other = (uri.length() > LONG_URI.length()) ? uri : LONG_URI;
		Rumor opinion = new Rumor(other, MemberStatus.ALIVE, Rumor.MAX_INCARNATION, null, Short.MAX_VALUE);
		int capacity = format.capacity(options.maxPacketSize());
		int keys = (capacity < options.maxPacketSize()) ? Encryption.MOST_KEYS : 0;
		Supplement supplement = options.extensions().isEmpty() ? Supplement.NONE
				: Supplement.ofSelf(Short.MAX_VALUE, Supplement.MAX_BOOT_ID).withKeys(Collections.nCopies(keys, -1));
		Rumor myself = new Rumor(uri, MemberStatus.ALIVE, Rumor.MAX_INCARNATION, payload, Short.MAX_VALUE, supplement);
		ProbeData data = new ProbeData(other, uri, Long.MAX_VALUE, Long.MAX_VALUE, introductions(options));
		int size = format.sizeOf(new Message.Ack(uri, data, List.of(opinion, myself)));
		if (size > capacity) {
			throw new InvalidPayloadException("The payload is " + (size - capacity)
					+ " bytes too large: a datagram with it needs " + size + " bytes, and no more than " + capacity
					+ " fit the largest packet size of " + options.maxPacketSize() + " bytes");
		}
	}

	/** Returns what two nodes with extensions add to the data of a probe. */
	private static Map<?, ?> introductions(MembershipOptions options) {
		if (options.extensions().isEmpty()) {
			return Map.of();
		}
		Object longest = new Introduction(Short.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE).toValue();
		return Map.of(Introduction.OF_SOURCE, longest, Introduction.OF_TARGET, longest);
	}

}

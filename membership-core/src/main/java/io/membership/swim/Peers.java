package io.membership.swim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * What this node and its peers tell each other of what they understand beyond the
 * reference. A member announces its abilities in rumors about itself, which is a hint
 * only, because it may have been replaced; a direct exchange confirms or clears it.
 */
final class Peers {

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final long bootId;

	Peers(Environment environment, Supplier<MembershipOptions> options, MemberTable table) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.bootId = environment.random().nextLong(1, Supplement.MAX_BOOT_ID + 1);
	}

	/** Returns the number that tells this process from others with the same URI. */
	long bootId() {
		return this.bootId;
	}

	/** Returns what this node announces: what it has switched on. */
	int ownAbilities() {
		int abilities = 0;
		for (Ability ability : Ability.values()) {
			if (has(ability)) {
				abilities |= ability.bit();
			}
		}
		return abilities;
	}

	/**
	 * Whether this node has switched an ability on. A view that is restricted is equal to
	 * no other's, so there is no use in comparing it.
	 */
	boolean has(Ability ability) {
		return this.options.get().uses(switch (ability) {
			case NEGATIVE_ACKS -> MembershipExtension.NEGATIVE_ACKS;
			case GOSSIP -> MembershipExtension.GOSSIP;
			case VIEW_DIGEST -> MembershipExtension.VIEW_DIGEST;
		}) && !(ability == Ability.VIEW_DIGEST && this.table.admission().isRestricted());
	}

	/** Returns the digest of this node's view, {@code null} if it has none to compare. */
	@Nullable Long digest() {
		return has(Ability.VIEW_DIGEST) ? this.table.digest() : null;
	}

	/** Whether this node tells who accuses a suspect. */
	boolean tellAccusers() {
		MembershipOptions current = this.options.get();
		return current.uses(MembershipExtension.DYNAMIC_SUSPICION) || current.uses(MembershipExtension.REFUSAL_PROBE);
	}

	/** Returns what this node adds to rumors about itself. */
	Supplement ownSupplement() {
		if (this.options.get().extensions().isEmpty()) {
			return Supplement.NONE;
		}
		int abilities = ownAbilities();
		boolean identified = this.options.get().uses(MembershipExtension.IDENTITY);
		return Supplement
			.ofSelf((abilities != 0) ? abilities : Supplement.UNKNOWN, identified ? this.bootId : Supplement.UNKNOWN)
			.withKeys(this.environment.keys());
	}

	/**
	 * Returns a rumor as it counts here: without extensions as the reference hears it.
	 */
	Rumor understood(Rumor rumor) {
		return this.options.get().extensions().isEmpty() ? rumor.with(Supplement.NONE) : rumor;
	}

	/**
	 * Whether this node and a member both have an ability, as far as this node knows.
	 */
	boolean can(MemberUri member, Ability ability) {
		return has(ability) && ability.isIn(this.table.abilities(member));
	}

	/** Whether a member understands anything beyond the reference, if that is known. */
	boolean isCapable(MemberUri member) {
		return this.table.abilities(member) > 0;
	}

	/** Returns the data of a PING of this node, with its introduction. */
	ProbeData introduce(ProbeData ping) {
		return (ownAbilities() != 0) ? with(Introduction.OF_SOURCE, ping) : ping;
	}

	/** Returns the data of an answer, with an introduction for one who understands it. */
	ProbeData answer(ProbeData ping) {
		ProbeData answer = ping.answered(this.environment.nowMicros());
		boolean understood = Introduction.parse(ping.extra().get(Introduction.OF_SOURCE)) != null;
		return (understood && ownAbilities() != 0) ? with(Introduction.OF_TARGET, answer) : answer;
	}

	private ProbeData with(String key, ProbeData data) {
		Map<Object, @Nullable Object> extra = new LinkedHashMap<>(data.extra());
		extra.put(key, new Introduction(ownAbilities(), digest(), this.environment.cluster()).toValue());
		return new ProbeData(data.source(), data.target(), data.sentAt(), data.answeredAt(), extra);
	}

	/**
	 * Whether a message is of a member of another mesh: one that introduces itself, but
	 * not as one of this mesh. Nobody knows that of those who do not introduce
	 * themselves.
	 */
	boolean isForeign(Message message) {
		Introduction introduction = null;
		if (message instanceof Message.Ping ping) {
			introduction = Introduction.parse(ping.data().extra().get(Introduction.OF_SOURCE));
		}
		else if (message instanceof Message.Ack ack) {
			introduction = Introduction.parse(ack.data().extra().get(Introduction.OF_TARGET));
		}
		return introduction != null && ownAbilities() != 0 && introduction.cluster() != this.environment.cluster();
	}

	/**
	 * Learns of the source of a PING.
	 * @return how it introduced itself
	 */
	@Nullable Introduction heardSource(ProbeData ping) {
		Introduction introduction = Introduction.parse(ping.extra().get(Introduction.OF_SOURCE));
		if (introduction != null && ping.source() != null) {
			learn(ping.source(), introduction.abilities());
		}
		return introduction;
	}

	/**
	 * Learns of the target of a probe of this node, which answered. Who was introduced to
	 * and says nothing of itself is as the reference is.
	 * @return how it introduced itself
	 */
	@Nullable Introduction heardTarget(ProbeData ack) {
		Introduction introduction = Introduction.parse(ack.extra().get(Introduction.OF_TARGET));
		if (ack.target() != null && ack.extra().containsKey(Introduction.OF_SOURCE)) {
			learn(ack.target(), (introduction != null) ? introduction.abilities() : 0);
		}
		return introduction;
	}

	private void learn(MemberUri member, int abilities) {
		if (!this.table.isSelf(member) && this.table.abilities(member) != abilities) {
			this.table.learn(member, abilities);
		}
	}

}

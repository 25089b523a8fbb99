package io.membership.test;

import java.util.EnumSet;
import java.util.Set;

import io.membership.MemberStatus;
import io.membership.swim.Rumor;
import org.jspecify.annotations.Nullable;

/**
 * Checks the {@link Invariant}s, each where something happened and at little cost.
 */
final class Invariants {

	private final World world;

	private final Set<Invariant> checked = EnumSet.allOf(Invariant.class);

	Invariants(World world) {
		this.world = world;
	}

	void allow(Invariant invariant) {
		this.checked.remove(invariant);
	}

	void afterEvent(SimulatedMember member) {
		int pending = member.protocol().state().pendingRumors();
		if (pending > member.view().size() && this.checked.contains(Invariant.RUMORS_BOUNDED)) {
			throw violated(Invariant.RUMORS_BOUNDED, member + " has " + pending + " rumors to pass on and knows only "
					+ member.view().size() + " members");
		}
	}

	void tooLarge(SimulatedMember member, int length) {
		if (this.checked.contains(Invariant.SIZE_LIMIT)) {
			throw violated(Invariant.SIZE_LIMIT, member + " wanted to send " + length + " bytes");
		}
	}

	void afterChange(SimulatedMember observer, int subject, @Nullable Rumor before, Rumor after) {
		if (before != null && after.incarnation() < before.incarnation()
				&& this.checked.contains(Invariant.INCARNATIONS_RISE)) {
			throw violated(Invariant.INCARNATIONS_RISE, observer + " saw the incarnation of " + subject + " fall from "
					+ before.incarnation() + " to " + after.incarnation());
		}
		if (after.status() == MemberStatus.DEAD && (before == null || before.status() != MemberStatus.DEAD)
				&& this.checked.contains(Invariant.NO_FALSE_DEATHS) && this.world.health().isHealthy(subject)
				&& this.world.health().isHealthy(observer.number())) {
			throw violated(Invariant.NO_FALSE_DEATHS,
					observer + " believes that member " + subject + " is dead; both are healthy");
		}
	}

	private SimulationError violated(Invariant invariant, String details) {
		return this.world.failure("Violated: " + invariant + ": " + details, null);
	}

}

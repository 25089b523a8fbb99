package io.membership.test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.membership.MemberStatus;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members whose messages wait again and again do not bring down others (Lifeguard §V).
 */
class LifeguardTests {

	private static final int SIZE = 24;

	private static final int SLOW = 5;

	private static final Duration SPELL = Duration.ofSeconds(8);

	private static final Duration WELL = Duration.ofMillis(500);

	private static final MembershipOptions LIFEGUARD = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.LOCAL_HEALTH, MembershipExtension.DYNAMIC_SUSPICION,
				MembershipExtension.NEGATIVE_ACKS))
		.build();

	@Test
	void noHealthyMemberIsTakenForDead() {
		assertThat(deathsOfHealthy(mesh(LIFEGUARD))).isEmpty();
	}

	/** The reference half still kills, but no more than a mesh of its kind does. */
	@Test
	void halfOfItIsNoWorseThanNone() {
		int none = deathsOfHealthy(mesh(MembershipOptions.REFERENCE)).size();
		assertThat(none).isPositive();
		assertThat(deathsOfHealthy(half())).hasSizeLessThanOrEqualTo(none);
	}

	@Test
	void inAMeshWithHalfOfItTheDeadAreFoundInTime() {
		SimulatedMesh mesh = half().build().startJoined();
		mesh.run(Duration.ofSeconds(10));
		mesh.crashHost(7).runUntil(Conditions.everyoneSees(7, MemberStatus.DEAD)).within(Duration.ofSeconds(12));
		mesh.crashHost(8).runUntil(Conditions.everyoneSees(8, MemberStatus.DEAD)).within(Duration.ofSeconds(12));
	}

	private static SimulatedMeshBuilder half() {
		SimulatedMeshBuilder half = mesh(MembershipOptions.REFERENCE);
		for (int member = 1; member <= SIZE; member += 2) {
			half.options(member, LIFEGUARD);
		}
		return half;
	}

	private static SimulatedMeshBuilder mesh(MembershipOptions options) {
		return SimulatedMesh.builder().size(SIZE).seed(3).options(options);
	}

	/** Returns the deaths of healthy members in views of healthy members. */
	private static List<Change> deathsOfHealthy(SimulatedMeshBuilder builder) {
		SimulatedMesh mesh = builder.build().allow(Invariant.NO_FALSE_DEATHS).startJoined();
		mesh.run(Duration.ofSeconds(5));
		for (int member = 1; member <= SLOW; member++) {
			int slow = member;
			mesh.after(SPELL.multipliedBy(member).dividedBy(SLOW), (now) -> slowDown(now, slow));
		}
		return mesh.run(Duration.ofSeconds(40))
			.changes((change) -> change.status() == MemberStatus.DEAD && change.subject() > SLOW
					&& change.observer() > SLOW);
	}

	/** Lets messages from and to a member wait, and so on. */
	private static void slowDown(SimulatedMesh mesh, int member) {
		long end = mesh.elapsed().plus(SPELL).toNanos();
		Link waiting = Link.LAN
			.withLatency((random) -> Math.max(0, end - mesh.elapsed().toNanos()) + Link.LAN.latency().draw(random));
		mesh.network().into(member, waiting).outOf(member, waiting);
		mesh.after(SPELL, (now) -> now.network().into(member, null).outOf(member, null));
		mesh.after(SPELL.plus(WELL), (now) -> slowDown(now, member));
	}

}

package io.membership.test;

import java.time.Duration;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.membership.DropReason;
import io.membership.MembershipExtension;
import io.membership.MembershipObserver.MessageType;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;

import static io.membership.MemberStatus.ALIVE;
import static io.membership.MemberStatus.DEAD;
import static io.membership.MemberStatus.LEFT;
import static io.membership.test.Conditions.allSeeAll;
import static io.membership.test.Conditions.both;
import static io.membership.test.Conditions.everyoneSees;
import static io.membership.test.Conditions.everyoneSeesPayload;
import static io.membership.test.Conditions.viewsAreEqual;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What gossip between the probes is worth, also where only half of the members have it.
 */
class GossipTests {

	private static final MembershipOptions ON = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.GOSSIP))
		.build();

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final int SIZE = 50;

	@Test
	void aChangedPayloadIsKnownToAllWithinASecond() {
		SimulatedMesh mesh = joined(11);
		Outcome changed = mesh.setPayload(7, "k", "v").runUntil(everyoneSeesPayload(7, "k", "v")).within(SECOND);
		assertThat(changed.took()).as(mesh.toString()).isLessThan(SECOND);
	}

	@Test
	void aThirdOfAllLostHardlyDelaysIt() {
		SimulatedMesh mesh = joined(12).allow(Invariant.NO_FALSE_DEATHS);
		mesh.network().everywhere(Link.LAN.withLoss(0.3));
		mesh.setPayload(7, "k", "v").runUntil(everyoneSeesPayload(7, "k", "v")).within(SECOND.multipliedBy(2));
	}

	@Test
	void aNodeThatJoinsIsKnownToAllWithinTwoSeconds() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(SIZE).seed(13).options(ON).build().startJoined();
		mesh.leave(SIZE).run(SECOND.multipliedBy(5));
		mesh.start(SIZE, 1).runUntil(everyoneSees(SIZE, ALIVE)).within(SECOND.multipliedBy(2));
	}

	@Test
	void twoMeshesMergeWithinSeconds() {
		SimulatedMesh mesh = SimulatedMesh.builder().size(30).seed(14).options(ON).build();
		IntStream.rangeClosed(1, 15).forEach((member) -> mesh.start(member, 1));
		IntStream.rangeClosed(16, 30).forEach((member) -> mesh.start(member, 16));
		mesh.run(SECOND.multipliedBy(20));
		mesh.call(1, (protocol) -> protocol.greet(mesh.uri(16)));
		mesh.runUntil(both(allSeeAll(), viewsAreEqual())).within(SECOND.multipliedBy(5));
	}

	@Test
	void whoHasNothingToSayIsSilent() {
		SimulatedMesh mesh = joined(15);
		Traffic idle = mesh.run(SECOND.multipliedBy(5)).traffic();
		assertThat(idle.datagrams()).as(mesh.toString())
			.containsEntry(MessageType.GOSSIP, 0L)
			.containsEntry(MessageType.LEAVE, 0L);
	}

	@Test
	void itWorksWhereHalfOfTheMembersDoNotHaveIt() {
		SimulatedMesh mesh = mixed(16);
		mesh.setPayload(7, "k", "has it")
			.runUntil(everyoneSeesPayload(7, "k", "has it"))
			.within(SECOND.multipliedBy(5));
		mesh.setPayload(8, "k", "has not")
			.runUntil(everyoneSeesPayload(8, "k", "has not"))
			.within(SECOND.multipliedBy(5));
		mesh.leave(9).runUntil(everyoneSees(9, LEFT)).within(SECOND);
		mesh.crash(10).runUntil(everyoneSees(10, DEAD)).within(SECOND.multipliedBy(20));
		mesh.restart(10).runUntil(allSeeAll()).within(SECOND.multipliedBy(20));
		mesh.runUntil(viewsAreEqual()).within(SECOND.multipliedBy(20));
	}

	@Test
	void onlyThoseWhoUnderstandItGetGossip() {
		SimulatedMesh mesh = mixed(17);
		Traffic traffic = mesh.setPayload(7, "k", "v").run(SECOND.multipliedBy(5)).traffic();
		assertThat(traffic.datagrams().get(MessageType.GOSSIP)).as(mesh.toString()).isPositive();
		assertThat(traffic.datagrams().get(MessageType.LEAVE)).as(mesh.toString()).isPositive();
		assertThat(mesh.traffic().dropped()).as(mesh.toString()).containsEntry(DropReason.UNKNOWN_TYPE, 0L);
	}

	@Test
	void itCanBeSwitchedWhileThereIsSomethingToSay() {
		SimulatedMesh mesh = joined(18);
		mesh.setPayload(7, "k", "v").run(Duration.ofMillis(1));
		setOptions(mesh, MembershipOptions.REFERENCE, (member) -> true);
		mesh.runUntil(both(everyoneSeesPayload(7, "k", "v"), viewsAreEqual())).within(SECOND.multipliedBy(30));
		mesh.setPayload(8, "k", "v").run(Duration.ofMillis(1));
		setOptions(mesh, ON, (member) -> true);
		mesh.runUntil(both(everyoneSeesPayload(8, "k", "v"), viewsAreEqual())).within(SECOND.multipliedBy(5));
	}

	/** Returns a mesh in which all know all, and nobody has anything to say. */
	private static SimulatedMesh joined(long seed) {
		SimulatedMesh mesh = SimulatedMesh.builder().size(SIZE).seed(seed).options(ON).build().startJoined();
		mesh.run(SECOND.multipliedBy(4));
		return mesh;
	}

	/** Returns a mesh of which those with odd numbers have it on, and all know that. */
	private static SimulatedMesh mixed(long seed) {
		SimulatedMesh mesh = SimulatedMesh.builder()
			.size(SIZE)
			.seed(seed)
			.options(MembershipOptions.REFERENCE)
			.build()
			.startJoined();
		setOptions(mesh, ON, (member) -> member % 2 != 0);
		mesh.run(SECOND.multipliedBy(10));
		return mesh;
	}

	private static void setOptions(SimulatedMesh mesh, MembershipOptions options, IntPredicate whose) {
		IntStream.rangeClosed(1, mesh.size())
			.filter(whose)
			.forEach((member) -> mesh.call(member, (protocol) -> protocol.setOptions(options)));
	}

}

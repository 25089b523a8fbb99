package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

import io.membership.EncryptionKey;
import io.membership.MemberStatus;
import io.membership.MembershipOptions;
import io.membership.wire.Sealing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole meshes in virtual time. Where times are compared, it is with those measured on
 * nodes of the reference with default options.
 */
class VirtualMeshTests {

	private static final int SEEDS = 40;

	/** By the size of the mesh: several tests look at the same crashes. */
	private static final Map<Integer, List<Crash>> CRASHES = new ConcurrentHashMap<>();

	@ParameterizedTest
	@CsvSource({ "5, 1.94", "10, 1.85", "20, 1.91" })
	void aCrashIsSuspectedAsSoonAsByTheReference(int size, double referenceSeconds) {
		List<Crash> crashes = crashes(size);
		assertThat(median(crashes, Crash::firstSuspected)).isBetween(millis(referenceSeconds - 0.35),
				millis(referenceSeconds + 0.35));
	}

	@ParameterizedTest
	@CsvSource({ "5, 4.95", "10, 4.86", "20, 4.91" })
	void aCrashIsFoundDeadlyAsSoonAsByTheReference(int size, double referenceSeconds) {
		List<Crash> crashes = crashes(size);
		assertThat(median(crashes, Crash::firstDead)).isBetween(millis(referenceSeconds - 0.35),
				millis(referenceSeconds + 0.35));
	}

	@ParameterizedTest
	@CsvSource({ "5, 5.48", "10, 5.69", "20, 6.54" })
	void aCrashIsKnownToAllAsSoonAsInTheReference(int size, double referenceSeconds) {
		List<Crash> crashes = crashes(size);
		assertThat(median(crashes, Crash::deadAtAll)).isBetween(millis(referenceSeconds - 0.8),
				millis(referenceSeconds + 0.8));
	}

	@ParameterizedTest
	@ValueSource(ints = { 5, 10, 20 })
	void whoIsFirstSuspectedIsDeadAfterTheSuspectTimeout(int size) {
		assertThat(crashes(size))
			.allSatisfy((crash) -> assertThat(crash.firstDead() - crash.firstSuspected()).as("%s", crash)
				.isBetween(3000L, 3010L));
	}

	@Test
	void aHostWhoseProcessIsGoneRefusesAfterARoundTrip() {
		VirtualMesh mesh = new VirtualMesh(1);
		FakePeer peer = mesh.peer(2);
		mesh.refuse(peer);
		List<Duration> refused = probeRefusal(mesh, peer);
		mesh.advance(Duration.ofSeconds(1));
		assertThat(refused).containsExactly(Duration.ofNanos(400_000));
	}

	@Test
	void whoListensReceivesAndDoesNotRefuse() {
		VirtualMesh mesh = new VirtualMesh(1);
		mesh.refuse(mesh.peer(2));
		FakePeer restarted = mesh.peer(2);
		List<Duration> refused = probeRefusal(mesh, restarted);
		mesh.advance(Duration.ofSeconds(1));
		assertThat(refused).isEmpty();
		assertThat(restarted.received(Message.Ping.class)).hasSize(1);
	}

	@Test
	void aHostThatIsGoneDoesNotRefuse() {
		VirtualMesh mesh = new VirtualMesh(1);
		FakePeer peer = mesh.peer(2);
		mesh.remove(peer);
		List<Duration> refused = probeRefusal(mesh, peer);
		mesh.advance(Duration.ofSeconds(1));
		assertThat(refused).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1, 2", "2, 1" })
	void aRefusalGetsLostAsDatagramsDo(int from, int to) {
		VirtualMesh mesh = new VirtualMesh(1);
		FakePeer peer = mesh.peer(2);
		mesh.refuse(peer);
		mesh.setLoss(VirtualMesh.uri(from), VirtualMesh.uri(to), 1);
		List<Duration> refused = probeRefusal(mesh, peer);
		mesh.advance(Duration.ofSeconds(1));
		assertThat(refused).isEmpty();
	}

	/** Returns when the probe was refused. */
	private static List<Duration> probeRefusal(VirtualMesh mesh, FakePeer peer) {
		VirtualNode node = mesh.node(1);
		List<Duration> refused = new ArrayList<>();
		Message ping = new Message.Ping(node.uri(), ProbeData.of(node.uri(), peer.uri(), 7), List.of());
		node.environment().probeRefusal(peer.uri(), ping, () -> refused.add(mesh.time().elapsed()));
		return refused;
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void nobodyIsSuspectedInAHealthyMesh(long seed) {
		VirtualMesh mesh = new VirtualMesh(seed);
		List<VirtualNode> nodes = formed(mesh, 10);
		mesh.advance(Duration.ofMinutes(10));
		assertThat(nodes).as("%s", mesh)
			.allSatisfy((node) -> assertThat(node.events())
				.noneMatch((event) -> event.member().status() != MemberStatus.ALIVE));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void nobodyDiesOfLossesThatAreCommon(long seed) {
		VirtualMesh mesh = new VirtualMesh(seed);
		List<VirtualNode> nodes = formed(mesh, 10);
		mesh.setLatency(Duration.ofMillis(1), Duration.ofMillis(40));
		mesh.setLossEverywhere(0.02);
		mesh.advance(Duration.ofMinutes(10));
		assertThat(nodes).as("%s", mesh)
			.allSatisfy((node) -> assertThat(node.events())
				.noneMatch((event) -> event.member().status() == MemberStatus.DEAD));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void whoDiesOfHeavyLossesLivesAgain(long seed) {
		VirtualMesh mesh = new VirtualMesh(seed);
		List<VirtualNode> nodes = formed(mesh, 10);
		mesh.setLossEverywhere(0.5);
		mesh.advance(Duration.ofMinutes(2));
		mesh.setLossEverywhere(0);
		Duration healed = mesh.until("all see all", Duration.ofMinutes(1),
				() -> nodes.stream().allMatch((node) -> node.seesAlive(10)));
		assertThat(healed).as("%s", mesh).isLessThan(Duration.ofSeconds(15));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void aHealthyNodeThatCannotReachOneOtherIsHelpedByTheRest(long seed) {
		VirtualMesh mesh = new VirtualMesh(seed);
		List<VirtualNode> nodes = formed(mesh, 5);
		mesh.cut(nodes.get(1).uri(), nodes.get(2).uri());
		mesh.advance(Duration.ofMinutes(5));
		assertThat(nodes).as("%s", mesh)
			.allSatisfy((node) -> assertThat(node.events())
				.noneMatch((event) -> event.member().status() != MemberStatus.ALIVE));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void aNodeThatRestartsWithoutMemoryIsAliveAgain(long seed) {
		VirtualMesh mesh = new VirtualMesh(seed);
		List<VirtualNode> nodes = formed(mesh, 5);
		VirtualNode victim = nodes.remove(4);
		victim.crash();
		mesh.until("the victim is dead at all", Duration.ofSeconds(15),
				() -> nodes.stream().allMatch((node) -> node.sees(victim, MemberStatus.DEAD)));
		VirtualNode reborn = mesh.node(5).begin();
		Duration back = mesh.until("the victim is alive at all", Duration.ofSeconds(15),
				() -> nodes.stream().allMatch((node) -> node.sees(reborn, MemberStatus.ALIVE)));
		assertThat(back).as("%s", mesh).isLessThan(Duration.ofSeconds(6));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void aPartitionHeals(long seed) {
		VirtualMesh mesh = new VirtualMesh(seed);
		List<VirtualNode> nodes = formed(mesh, 8);
		betweenHalves(nodes, (one, other) -> mesh.cut(one.uri(), other.uri()));
		mesh.until("each half is alone", Duration.ofMinutes(2),
				() -> nodes.stream().allMatch((node) -> node.seesAlive(4)));
		betweenHalves(nodes, (one, other) -> mesh.heal(one.uri(), other.uri()));
		Duration healed = mesh.until("all see all", Duration.ofMinutes(1),
				() -> nodes.stream().allMatch((node) -> node.seesAlive(8)));
		assertThat(healed).as("%s", mesh).isLessThan(Duration.ofSeconds(15));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void aNodeWithAnotherKeyIsNonDecryptableUntilItHasTheSame(long seed) {
		VirtualMesh mesh = new VirtualMesh(seed);
		List<VirtualNode> nodes = formed(mesh, 3);
		VirtualNode odd = nodes.remove(2);
		odd.environment().seal(Sealing.aes256Cbc(EncryptionKey.of("other")));
		mesh.until("the odd one is non-decryptable", Duration.ofSeconds(12),
				() -> nodes.stream().allMatch((node) -> node.sees(odd, MemberStatus.NON_DECRYPTABLE)));
		odd.environment().seal(Sealing.none());
		Duration healed = mesh.until("the odd one is alive", Duration.ofSeconds(12),
				() -> nodes.stream().allMatch((node) -> node.sees(odd, MemberStatus.ALIVE)));
		assertThat(healed).as("%s", mesh).isLessThan(Duration.ofSeconds(6));
	}

	@ParameterizedTest
	@ValueSource(ints = { 5, 10, 20 })
	void aPayloadReachesEverybodyInAFewPeriods(int size) {
		VirtualMesh mesh = new VirtualMesh(size);
		List<VirtualNode> nodes = formed(mesh, size);
		nodes.get(size - 1).protocol().setPayload(Map.of("k", "v"));
		Duration spread = mesh.until("all see the payload", Duration.ofSeconds(30),
				() -> nodes.stream().allMatch((node) -> !node.member(nodes.get(size - 1).uri()).payload().isEmpty()));
		assertThat(spread).as("%s", mesh).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void anIdleMeshSendsOnePingAndOneAckPerNodeAndPeriod() {
		VirtualMesh mesh = new VirtualMesh(1);
		formed(mesh, 10);
		int before = mesh.datagrams();
		mesh.advance(Duration.ofSeconds(60));
		double perNodeAndSecond = (mesh.datagrams() - before) / 600.0;
		assertThat(perNodeAndSecond).isBetween(2.15, 2.25);
	}

	@Test
	void aHundredMembersFindEachOther() {
		VirtualMesh mesh = new VirtualMesh(100);
		List<VirtualNode> nodes = mesh.star(100, MembershipOptions.REFERENCE);
		Duration formed = mesh.until("all see all", Duration.ofMinutes(1),
				() -> nodes.stream().allMatch((node) -> node.seesAlive(100)));
		assertThat(formed).as("%s", mesh).isLessThan(Duration.ofSeconds(12));
	}

	@Test
	void aHundredMembersKeepTheSizeLimit() {
		VirtualMesh mesh = new VirtualMesh(101);
		mesh.star(100, MembershipOptions.REFERENCE);
		mesh.advance(Duration.ofSeconds(15));
		assertThat(mesh.largestDatagram()).as("%s", mesh).isBetween(1450, 1472);
	}

	@Test
	void theSameSeedGivesTheSameHistory() {
		assertThat(history(7)).isEqualTo(history(7));
	}

	@Test
	void anotherSeedGivesAnotherHistory() {
		assertThat(history(7)).isNotEqualTo(history(8));
	}

	private static List<String> history(long seed) {
		VirtualMesh mesh = new VirtualMesh(seed);
		List<VirtualNode> nodes = mesh.star(5, MembershipOptions.REFERENCE);
		mesh.advance(Duration.ofSeconds(5));
		return nodes.stream().map(VirtualNode::events).flatMap(Collection::stream).map(Object::toString).toList();
	}

	/** Returns nodes that all know each other. */
	private static List<VirtualNode> formed(VirtualMesh mesh, int size) {
		List<VirtualNode> nodes = mesh.star(size, MembershipOptions.REFERENCE);
		mesh.until("all see all", Duration.ofMinutes(1), () -> nodes.stream().allMatch((node) -> node.seesAlive(size)));
		mesh.advance(Duration.ofSeconds(5));
		return new ArrayList<>(nodes);
	}

	private static void betweenHalves(List<VirtualNode> nodes, Between action) {
		int half = nodes.size() / 2;
		for (VirtualNode one : nodes.subList(0, half)) {
			nodes.subList(half, nodes.size()).forEach((other) -> action.on(one, other));
		}
	}

	private static List<Crash> crashes(int size) {
		return CRASHES.computeIfAbsent(size,
				(key) -> LongStream.rangeClosed(1, SEEDS).mapToObj((seed) -> crash(seed, size)).toList());
	}

	/** Kills a member at a random moment and watches the others. */
	private static Crash crash(long seed, int size) {
		VirtualMesh mesh = new VirtualMesh(seed * 1000 + size);
		List<VirtualNode> nodes = formed(mesh, size);
		mesh.advance(Duration.ofMillis(seed * 997 % 1000));
		VirtualNode victim = nodes.remove(size - 1);
		victim.crash();
		Duration suspected = mesh.until("somebody suspects it", Duration.ofSeconds(30),
				() -> nodes.stream().anyMatch((node) -> node.sees(victim, MemberStatus.SUSPECT)));
		Duration dead = mesh.until("somebody declares it dead", Duration.ofSeconds(10),
				() -> nodes.stream().anyMatch((node) -> node.sees(victim, MemberStatus.DEAD)));
		Duration deadAtAll = mesh.until("all know that it is dead", Duration.ofSeconds(10),
				() -> nodes.stream().allMatch((node) -> node.sees(victim, MemberStatus.DEAD)));
		return new Crash(mesh, suspected.toMillis(), suspected.plus(dead).toMillis(),
				suspected.plus(dead).plus(deadAtAll).toMillis());
	}

	private static long median(List<Crash> crashes, ToLongFunction<Crash> time) {
		long[] sorted = crashes.stream().mapToLong(time).sorted().toArray();
		return sorted[sorted.length / 2];
	}

	private static long millis(double seconds) {
		return (long) (seconds * 1000);
	}

	/** What happened after a crash, in milliseconds from then. */
	private record Crash(VirtualMesh mesh, long firstSuspected, long firstDead, long deadAtAll) {

	}

	/** Something to do between two nodes. */
	@FunctionalInterface
	private interface Between {

		void on(VirtualNode one, VirtualNode other);

	}

}

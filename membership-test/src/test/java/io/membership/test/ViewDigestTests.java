package io.membership.test;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;

import io.membership.MembershipExtension;
import io.membership.MembershipObserver.MessageType;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.test.Conditions.allSeeAll;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole meshes that compare views: how little they say, and how soon they agree.
 */
class ViewDigestTests {

	private static final int BUDGET = 200;

	private static final int LONG_URI = 43;

	@ParameterizedTest
	@ValueSource(ints = { 2, 10, 100 })
	void anIdleMeshKeepsWithinItsBudget(int size) {
		SimulatedMesh mesh = mesh(size, Extensions.ALL).uriLength(LONG_URI).build().startJoined();
		mesh.run(Duration.ofSeconds(20));
		assertThat(bytesPerMemberAndSecond(mesh)).as("%s", mesh).isBetween(150.0, (double) BUDGET);
	}

	@Test
	void aMeshThatCameTogetherTalksLittleAsWell() {
		SimulatedMesh mesh = mesh(40, Extensions.ALL).uriLength(LONG_URI).build().startAll();
		mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(10));
		mesh.run(Duration.ofSeconds(30));
		assertThat(bytesPerMemberAndSecond(mesh)).as("%s", mesh).isLessThan(BUDGET);
		mesh.setPayload(3, "k", "v").run(Duration.ofSeconds(30));
		assertThat(bytesPerMemberAndSecond(mesh)).as("%s", mesh).isLessThan(BUDGET);
	}

	@ParameterizedTest
	@EnumSource
	void manyThatStartTogetherSoonSeeEachOther(Extensions extensions) {
		SimulatedMesh mesh = mesh(60, extensions).build();
		IntStream.rangeClosed(1, 60).forEach((member) -> mesh.start(member, 1));
		mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(extensions == Extensions.DIGEST ? 8 : 3));
	}

	@Test
	void aNewcomerSeesALargeMeshAtOnceAndNothingOverflows() {
		SimulatedMesh mesh = mesh(500, Extensions.ALL).newcomers(1).receiveBuffer(20_000).build().startJoined();
		mesh.start(501, 1);
		mesh.runUntil((any) -> any.views().alive(501) == 501).within(Duration.ofSeconds(2));
		assertThat(mesh.traffic().count(Traffic.Fate.OVERFLOWED)).as("%s", mesh).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void halvesBecomeOneWithinThreePeriodsForEachDoubling(Extensions extensions) {
		SimulatedMesh mesh = joined(32, extensions);
		splitAndHeal(mesh, Duration.ofSeconds(60));
		mesh.runUntil(equalViews()).within(Duration.ofSeconds(3 * 5));
	}

	@ParameterizedTest
	@EnumSource
	void halvesThatForgotEachOtherBecomeOne(Extensions extensions) {
		SimulatedMesh mesh = joined(32, extensions);
		mesh.allow(Invariant.NO_FALSE_DEATHS);
		mesh.network().isolate(IntStream.rangeClosed(1, 16).boxed().toList());
		// Long enough that they do not look for their seeds all at the same time
		mesh.run(Duration.ofMinutes(10));
		for (int one = 1; one <= 16; one++) {
			for (int other = 17; other <= 32; other++) {
				forget(mesh, one, other);
				forget(mesh, other, one);
			}
		}
		mesh.network().heal();
		mesh.runUntil(equalViews()).within(Duration.ofSeconds(3 * 5));
	}

	@ParameterizedTest
	@EnumSource
	void aBusyMeshHealsAsWell(Extensions extensions) {
		SimulatedMesh mesh = joined(32, extensions);
		for (int i = 0; i < 400; i++) {
			int change = i;
			mesh.after(Duration.ofMillis(250L * i), (any) -> any.setPayload(1 + change * 7 % 32, "k", change));
		}
		splitAndHeal(mesh, Duration.ofSeconds(30));
		mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(3 * 5));
	}

	@Test
	void lostNewsArriveInTheEnd() {
		SimulatedMesh mesh = mesh(32, Extensions.DIGEST).network(Link.LAN.withLoss(0.3)).build().startJoined();
		mesh.allow(Invariant.NO_FALSE_DEATHS);
		IntStream.rangeClosed(1, 8).forEach((member) -> mesh.setPayload(member, "k", "v"));
		mesh.run(Duration.ofSeconds(10));
		mesh.network().heal();
		mesh.runUntil(equalViews()).within(Duration.ofSeconds(3 * 5));
	}

	@Test
	void halfOfTheMembersNeedNotKnowOfIt() {
		SimulatedMeshBuilder builder = mesh(30, Extensions.DIGEST);
		IntStream.rangeClosed(1, 15).forEach((member) -> builder.options(2 * member, MembershipOptions.REFERENCE));
		SimulatedMesh mesh = builder.build();
		IntStream.rangeClosed(1, 30).forEach((member) -> mesh.start(member, 1, 2));
		mesh.runUntil(allSeeAll()).within(Duration.ofSeconds(15));
		splitAndHeal(mesh, Duration.ofSeconds(30));
		mesh.runUntil(equalViews()).within(Duration.ofSeconds(60));
		Traffic before = mesh.traffic();
		mesh.run(Duration.ofSeconds(30));
		Traffic traffic = mesh.traffic().since(before);
		assertThat(traffic.dropped().values()).as("%s", mesh).allMatch((count) -> count == 0);
		assertThat(traffic.datagrams().get(MessageType.SYNC_REQ)).isPositive();
	}

	private static SimulatedMeshBuilder mesh(int size, Extensions extensions) {
		return SimulatedMesh.builder()
			.size(size)
			.seed(4)
			.options(MembershipOptions.REFERENCE.toBuilder().extensions(extensions.set()).build());
	}

	/** Returns a mesh in which all have two seeds, one in each half. */
	private static SimulatedMesh joined(int size, Extensions extensions) {
		SimulatedMesh mesh = mesh(size, extensions).build();
		IntStream.rangeClosed(1, size).forEach((member) -> mesh.start(member, 1, size));
		mesh.runUntil(equalViews()).within(Duration.ofSeconds(15));
		return mesh;
	}

	private static void splitAndHeal(SimulatedMesh mesh, Duration duration) {
		mesh.allow(Invariant.NO_FALSE_DEATHS);
		mesh.network().isolate(IntStream.rangeClosed(1, mesh.size() / 2).boxed().toList());
		mesh.run(duration);
		assertThat(mesh.views().alive(1)).as("%s", mesh).isEqualTo(mesh.size() / 2);
		mesh.network().heal();
	}

	private static void forget(SimulatedMesh mesh, int observer, int subject) {
		mesh.call(observer, (protocol) -> protocol.removeMember(mesh.uri(subject)));
	}

	private static Condition equalViews() {
		return (mesh) -> allSeeAll().holds(mesh)
				&& IntStream.rangeClosed(1, mesh.size()).mapToLong(mesh.views()::digest).distinct().count() == 1;
	}

	private static double bytesPerMemberAndSecond(SimulatedMesh mesh) {
		int seconds = 30;
		Traffic traffic = mesh.run(Duration.ofSeconds(seconds)).traffic();
		return (double) traffic.totalBytes(Link.HEADERS) / mesh.size() / seconds;
	}

	/** What the members of a mesh have switched on. */
	enum Extensions {

		DIGEST, ALL;

		Set<MembershipExtension> set() {
			return (this == ALL) ? MembershipOptions.ALL_EXTENSIONS : Set.of(MembershipExtension.VIEW_DIGEST);
		}

	}

}

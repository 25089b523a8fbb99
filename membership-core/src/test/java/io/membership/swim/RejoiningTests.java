package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a node finds those again whom it knew.
 */
class RejoiningTests {

	private static final Duration A_MOMENT = Duration.ofMillis(2);

	/** A round with two contacts. */
	private static final Duration A_ROUND = Duration.ofMillis(102);

	private final VirtualMesh mesh = new VirtualMesh(3);

	private final VirtualNode node = this.mesh.node(1).begin();

	private final FakePeer one = this.mesh.peer(2);

	private final FakePeer other = this.mesh.peer(3);

	@Test
	void contactsAreGreetedOneAfterTheOther() {
		rejoin(this.one.uri(), this.other.uri());
		this.mesh.advance(A_MOMENT);
		assertThat(greetings(this.one) + greetings(this.other)).isEqualTo(1);
		this.mesh.advance(Duration.ofMillis(50));
		assertThat(List.of(greetings(this.one), greetings(this.other))).containsExactly(1, 1);
	}

	@Test
	void aContactIsNoMemberBeforeItAnswers() {
		rejoin(this.one.uri());
		this.mesh.advance(Duration.ofMinutes(1));
		assertThat(this.node.statusOf(this.one)).isNull();
	}

	@Test
	void whoeverIsKnownByThenIsNotGreeted() {
		rejoin(this.one.uri(), this.other.uri());
		this.mesh.advance(A_MOMENT);
		FakePeer greeted = (greetings(this.one) == 1) ? this.one : this.other;
		FakePeer waiting = (greeted == this.one) ? this.other : this.one;
		greeted.tell(this.node.uri(), greeted.alive(1), waiting.alive(1));
		int before = probes();
		this.mesh.advance(Duration.ofMillis(900));
		assertThat(probes() - before).isEqualTo(1);
	}

	@Test
	void aLonelyNodeGreetsForEver() {
		rejoin(this.one.uri(), this.other.uri());
		this.mesh.advance(Duration.ofHours(10));
		this.one.forget();
		this.mesh.advance(Duration.ofSeconds(32));
		assertThat(greetings(this.one)).isPositive();
	}

	@Test
	void pausesDoubleUpToThirtySeconds() {
		rejoin(this.one.uri());
		List<Double> pauses = new ArrayList<>();
		for (int round = 1; round <= 8; round++) {
			int expected = round;
			pauses.add(this.mesh
				.until("greeting " + expected, Duration.ofSeconds(40), () -> greetings(this.one) == expected)
				.toNanos() / 1e9);
		}
		double[] longest = { 0, 1, 2, 4, 8, 16, 30, 30 };
		assertThat(IntStream.range(1, 8)).allSatisfy(
				(round) -> assertThat(pauses.get(round)).isBetween(longest[round] * 0.8, longest[round] + 0.06));
	}

	@Test
	void inCompanyTheMissingAreGreetedForSomeRoundsOnly() {
		this.other.answering();
		rejoin(this.one.uri());
		this.other.tell(this.node.uri(), this.other.alive(1));
		this.mesh.advance(Duration.ofHours(1));
		assertThat(this.node.statusOf(this.other)).isEqualTo(MemberStatus.ALIVE);
		assertThat(greetings(this.one)).isEqualTo(5);
	}

	@Test
	void whoLosesItsCompanyWhileItGreetsGoesOn() {
		rejoin(this.one.uri());
		this.other.tell(this.node.uri(), this.other.alive(1));
		this.mesh.advance(A_ROUND);
		this.other.tell(this.node.uri(), this.other.rumor(MemberStatus.DEAD, 1));
		this.mesh.advance(Duration.ofMinutes(10));
		assertThat(greetings(this.one)).isGreaterThan(10);
	}

	@Test
	void ofManyContactsSomeAreGreeted() {
		VirtualNode greeting = this.mesh.node(1);
		greeting.begin();
		List<FakePeer> peers = IntStream.rangeClosed(101, 300).mapToObj(this.mesh::peer).toList();
		greeting.protocol().rejoin(peers.stream().map(FakePeer::uri).toList());
		this.mesh.advance(Duration.ofMinutes(10));
		assertThat(peers.stream().filter((peer) -> greetings(peer) > 0)).hasSize(Rejoining.MOST_CONTACTS);
	}

	@Test
	void everybodyGreetsOthers() {
		Set<MemberUri> contacts = new HashSet<>();
		List<FakePeer> peers = IntStream.rangeClosed(101, 300).mapToObj(this.mesh::peer).toList();
		peers.forEach((peer) -> contacts.add(peer.uri()));
		for (int number = 4; number <= 20; number++) {
			this.mesh.node(number).begin().protocol().rejoin(contacts);
		}
		this.mesh.advance(Duration.ofSeconds(5));
		assertThat(peers.stream().filter((peer) -> greetings(peer) > 0)).hasSizeGreaterThan(190);
	}

	@Test
	void whoStopsGreetsNoMore() {
		rejoin(this.one.uri());
		this.mesh.advance(A_ROUND);
		this.node.protocol().stop();
		this.mesh.advance(Duration.ofMinutes(10));
		assertThat(greetings(this.one)).isEqualTo(1);
	}

	@Test
	void whoKnewNobodyGreetsNobody() {
		rejoin();
		this.mesh.advance(Duration.ofMinutes(10));
		assertThat(probes()).isEqualTo(600);
	}

	/** Without seeds, and although half of all datagrams are lost in the beginning. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void aWholeMeshFindsItselfAgain(long seed) {
		VirtualMesh restarting = new VirtualMesh(seed);
		restarting.setLossEverywhere(0.5);
		int size = 30;
		List<MemberUri> all = IntStream.rangeClosed(1, size).mapToObj(Samples::uri).toList();
		List<VirtualNode> nodes = new ArrayList<>();
		for (int number = 1; number <= size; number++) {
			VirtualNode restarted = restarting.node(number, MembershipOptions.DEFAULTS);
			nodes.add(restarted);
			MemberUri self = uri(number);
			restarting.time().schedule(Duration.ofMillis(number * 100L), () -> {
				restarted.begin();
				restarted.protocol().rejoin(all.stream().filter((uri) -> !uri.equals(self)).toList());
			});
		}
		restarting.advance(Duration.ofSeconds(4));
		restarting.setLossEverywhere(0);
		restarting.until("all see all", Duration.ofSeconds(30),
				() -> nodes.stream().allMatch((node) -> node.seesAlive(size)));
	}

	private void rejoin(MemberUri... contacts) {
		this.node.protocol().rejoin(List.of(contacts));
	}

	private int probes() {
		return this.node.environment().counts().probed().size();
	}

	private static int greetings(FakePeer peer) {
		return peer.received(Message.Ping.class).size();
	}

}

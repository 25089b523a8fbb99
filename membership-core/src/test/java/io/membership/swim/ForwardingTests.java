package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.membership.DropReason;
import io.membership.MemberUri;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Probes and answers that are meant for somebody else (SWIM §4.1).
 */
class ForwardingTests {

	private static final Duration A_MOMENT = Duration.ofMillis(10);

	private final VirtualMesh mesh = new VirtualMesh(1);

	private final VirtualNode node = this.mesh.node(1);

	private final FakePeer source = this.mesh.peer(2);

	private final FakePeer target = this.mesh.peer(3);

	@BeforeEach
	void introduce() {
		this.node.begin(this.source.answering(), this.target.answering());
		settle();
	}

	@Test
	void aPingIsPassedOnToItsTarget() {
		ProbeData data = probe();
		this.source.send(this.node.uri(), new Message.Ping(this.source.uri(), data, List.of()));
		settle();
		assertThat(this.target.last(Message.Ping.class).data()).isEqualTo(data);
	}

	@Test
	void aPingIsPassedOnInTheNameOfThisNode() {
		passPing(probe());
		assertThat(this.target.last(Message.Ping.class).sender()).isEqualTo(this.node.uri());
	}

	@Test
	void aForwardedPingCarriesThisNodesRumorsAndNoFiller() {
		this.mesh.advance(Duration.ofSeconds(30));
		this.target.forget();
		passPing(probe());
		assertThat(Samples.urisOf(this.target.last(Message.Ping.class).events())).containsExactly(this.target.uri(),
				this.node.uri());
	}

	@Test
	void unknownKeysArePassedOnWithTheirTypes() {
		Map<String, Object> extra = Map.of("number", 7L, "fraction", 0.5, "list", List.of("a", true));
		passPing(this.source.data(this.source.uri(), this.target.uri(), extra));
		assertThat(Samples.encoded(this.target.last(Message.Ping.class).data().extra()))
			.isEqualTo(Samples.encoded(extra));
	}

	@Test
	void anAckIsPassedOnToTheSourceOfItsProbe() {
		ProbeData data = probe().answered(42);
		this.target.send(this.node.uri(), new Message.Ack(this.target.uri(), data, List.of()));
		settle();
		assertThat(this.source.last(Message.Ack.class)).extracting(Message.Ack::sender, Message.Ack::data)
			.containsExactly(this.node.uri(), data);
	}

	@Test
	void aPingToAStrangerIsRefused() {
		FakePeer stranger = this.mesh.peer(9);
		passPing(this.source.data(this.source.uri(), stranger.uri(), Map.of()));
		assertThat(stranger.received()).isEmpty();
	}

	@Test
	void aRefusalIsCounted() {
		passPing(this.source.data(this.source.uri(), uri(9), Map.of()));
		assertThat(dropped()).containsExactly(DropReason.FORWARD_REFUSED);
	}

	@Test
	void anAckToAStrangerIsRefused() {
		FakePeer stranger = this.mesh.peer(9);
		passAck(this.target.data(stranger.uri(), this.target.uri(), Map.of()));
		assertThat(stranger.received()).isEmpty();
	}

	@Test
	void aPingWhoseRumorsIntroduceTheTargetIsPassedOn() {
		FakePeer introduced = this.mesh.peer(9);
		this.source.send(this.node.uri(), new Message.Ping(this.source.uri(),
				this.source.data(this.source.uri(), introduced.uri(), Map.of()), List.of(alive(9))));
		settle();
		assertThat(introduced.received(Message.Ping.class)).hasSize(1);
	}

	@Test
	void aPingFromThisNodeItselfIsNotPassedOn() {
		this.target.forget();
		this.source.send(this.node.uri(), new Message.Ping(this.node.uri(), probe(), List.of()));
		settle();
		assertThat(this.target.received(Message.Ping.class)).isEmpty();
	}

	@Test
	void anAckFromThisNodeItselfIsNotPassedOn() {
		this.source.forget();
		this.target.send(this.node.uri(), new Message.Ack(this.node.uri(), probe(), List.of()));
		settle();
		assertThat(this.source.received(Message.Ack.class)).isEmpty();
	}

	@Test
	void aLoopIsCounted() {
		this.source.send(this.node.uri(), new Message.Ping(this.node.uri(), probe(), List.of()));
		settle();
		assertThat(dropped()).containsExactly(DropReason.LOOP);
	}

	@Test
	void aForgedAckDoesNotCircle() {
		MemberUri alias = uri(9);
		this.mesh.alias(alias, this.node);
		VirtualNode other = this.mesh.node(4).begin(this.node);
		other.protocol().addMember(alias);
		this.node.protocol().addMember(alias);
		this.mesh.advance(Duration.ofMillis(1500));
		int before = this.mesh.datagrams();
		ProbeData forged = this.source.data(alias, alias, Map.of());
		this.source.send(other.uri(), new Message.Ack(this.source.uri(), forged, List.of()));
		settle();
		int forgedOnceAndForwardedTwice = 3;
		assertThat(this.mesh.datagrams() - before).isEqualTo(forgedOnceAndForwardedTwice);
	}

	@Test
	void aBroadcastOfAStrangerGoesBackToIt() {
		FakePeer newcomer = this.mesh.peer(9);
		ProbeData greeting = newcomer.data(newcomer.uri(), newcomer.uri(), Map.of());
		newcomer.send(this.node.uri(), new Message.Ping(newcomer.uri(), greeting, List.of()));
		settle();
		assertThat(newcomer.last(Message.Ping.class)).extracting(Message.Ping::sender, Message.Ping::data)
			.containsExactly(this.node.uri(), greeting);
	}

	@Test
	void oneSourceIsServedSixtyFourTimesInAPeriod() {
		this.target.forget();
		passPings(100);
		assertThat(this.target.received(Message.Ping.class)).hasSize(64);
	}

	@Test
	void whatIsTooMuchIsCounted() {
		passPings(100);
		assertThat(dropped()).hasSize(36).containsOnly(DropReason.FORWARD_LIMITED);
	}

	@Test
	void anotherSourceIsServedAllTheSame() {
		passPings(100);
		FakePeer other = this.mesh.peer(5);
		this.target.forget();
		other.send(this.node.uri(), new Message.Ping(other.uri(), probe(), List.of()));
		settle();
		assertThat(this.target.received(Message.Ping.class)).hasSize(1);
	}

	@Test
	void theNextPeriodBeginsAnew() {
		passPings(100);
		this.mesh.advance(Duration.ofSeconds(1));
		this.target.forget();
		passPing(probe());
		assertThat(this.target.received(Message.Ping.class)).hasSize(1);
	}

	@Test
	void moreThanFitsIsNotSent() {
		Map<String, Object> extra = Map.of("extra", "x".repeat(1390));
		this.target.forget();
		passPing(this.source.data(this.source.uri(), this.target.uri(), extra));
		assertThat(this.target.sizes()).allMatch((size) -> size <= 1472);
	}

	@Test
	void aTargetThatIsAMemberIsServedWhoeverAsks() {
		FakePeer stranger = this.mesh.peer(9);
		stranger.send(this.node.uri(), new Message.Ping(stranger.uri(), probe(), List.of()));
		settle();
		assertThat(this.target.received(Message.Ping.class)).isNotEmpty();
	}

	@Test
	void aForwarderThatKnowsNobodyStillAnswersForItself() {
		this.node.protocol().removeMember(this.source.uri());
		this.source.forget();
		this.source.ping(this.node.uri());
		settle();
		assertThat(this.source.received(Message.Ack.class)).hasSize(1);
	}

	private void passPings(int count) {
		for (int i = 0; i < count; i++) {
			this.source.send(this.node.uri(), new Message.Ping(this.source.uri(), probe(), List.of()));
		}
		settle();
	}

	private void passPing(ProbeData data) {
		this.source.send(this.node.uri(), new Message.Ping(this.source.uri(), data, List.of()));
		settle();
	}

	private void passAck(ProbeData data) {
		this.target.send(this.node.uri(), new Message.Ack(this.target.uri(), data, List.of()));
		settle();
	}

	private ProbeData probe() {
		return this.source.data(this.source.uri(), this.target.uri(), Map.of());
	}

	private List<DropReason> dropped() {
		return this.node.environment().counts().dropped();
	}

	private void settle() {
		this.mesh.advance(A_MOMENT);
	}

}

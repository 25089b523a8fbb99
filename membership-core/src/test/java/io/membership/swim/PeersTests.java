package io.membership.swim;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.membership.MemberStatus;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;

import static io.membership.MembershipExtension.GOSSIP;
import static io.membership.MembershipExtension.IDENTITY;
import static io.membership.MembershipExtension.LOCAL_HEALTH;
import static io.membership.MembershipExtension.NEGATIVE_ACKS;
import static io.membership.MembershipExtension.VIEW_DIGEST;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How members learn what others understand beyond the reference.
 */
class PeersTests {

	private static final int GOSSIP_AND_NACK = Ability.GOSSIP.bit() | Ability.NEGATIVE_ACKS.bit();

	private final VirtualMesh mesh = new VirtualMesh(31);

	@Test
	void aNodeAnnouncesWhatIsSwitchedOn() {
		VirtualNode node = node(1, GOSSIP, NEGATIVE_ACKS, LOCAL_HEALTH);
		FakePeer peer = greeted(node);
		assertThat(aboutSender(peer.last(Message.Ping.class)).says(Supplement.ofSelf(GOSSIP_AND_NACK, -1))).isTrue();
		assertThat(introduction(peer.last(Message.Ping.class).data(), "x"))
			.isEqualTo(new Introduction(GOSSIP_AND_NACK, null, 0));
	}

	@Test
	void aNodeWithIdentityTellsWhichProcessItIs() {
		VirtualNode node = node(1, IDENTITY);
		Rumor myself = aboutSender(greeted(node).last(Message.Ping.class));
		assertThat(myself.bootId()).isBetween(1L, Supplement.MAX_BOOT_ID);
		assertThat(myself.supplement().abilities()).isEqualTo(Supplement.UNKNOWN);
	}

	@Test
	void aNodeWithoutExtensionsSaysNothing() {
		FakePeer peer = greeted(node(1));
		Message.Ping ping = peer.last(Message.Ping.class);
		assertThat(ping.data().extra()).isEmpty();
		assertThat(ping.events()).allMatch((event) -> event.says(Supplement.NONE));
	}

	@Test
	void aCapableTargetIntroducesItselfToACapableSource() {
		VirtualNode node = node(1, VIEW_DIGEST, GOSSIP, NEGATIVE_ACKS);
		FakePeer peer = greeted(node);
		peer.send(node.uri(), ping(peer, node, Map.of("x", List.of(0L))));
		run(1);
		assertThat(introduction(peer.last(Message.Ack.class).data(), "y")).extracting(Introduction::abilities)
			.isEqualTo(7);
	}

	@Test
	void aReferenceSourceIsNotIntroducedTo() {
		VirtualNode node = node(1, GOSSIP);
		FakePeer peer = greeted(node);
		peer.ping(node.uri());
		run(1);
		assertThat(peer.last(Message.Ack.class).data().extra()).isEmpty();
	}

	@Test
	void whatAMemberSaysOfItselfIsAHintThatOthersPassOn() {
		VirtualNode node = node(1, GOSSIP);
		FakePeer peer = greeted(node);
		FakePeer other = this.mesh.peer(3);
		other.tell(node.uri(), other.alive(1), capable(peer, 2));
		run(1);
		assertThat(node.protocol().peers().can(peer.uri(), Ability.GOSSIP)).isTrue();
		assertThat(node.protocol().peers().can(other.uri(), Ability.GOSSIP)).isFalse();
		other.ping(node.uri());
		run(3000);
		assertThat(other.received(Message.Ping.class)).anySatisfy((ping) -> assertThat(ping.events())
			.anySatisfy((event) -> assertThat(event.supplement().abilities()).isEqualTo(Ability.GOSSIP.bit())));
	}

	@Test
	void aRumorThatSaysNothingOfItLeavesTheHint() {
		VirtualNode node = node(1, GOSSIP);
		FakePeer peer = greeted(node);
		peer.tell(node.uri(), capable(peer, 2));
		peer.tell(node.uri(), peer.rumor(MemberStatus.ALIVE, 3));
		run(1);
		assertThat(node.protocol().peers().can(peer.uri(), Ability.GOSSIP)).isTrue();
	}

	@Test
	void anAckWithoutAnIntroductionClearsTheHint() {
		VirtualNode node = node(1, GOSSIP);
		FakePeer peer = greeted(node);
		peer.tell(node.uri(), capable(peer, 2));
		run(1);
		peer.ack(node.uri(), node.protocol().peers().introduce(lastPing(node, peer)));
		run(1);
		assertThat(node.protocol().peers().can(peer.uri(), Ability.GOSSIP)).isFalse();
	}

	@Test
	void anAckWithAnIntroductionConfirmsIt() {
		VirtualNode node = node(1, GOSSIP);
		FakePeer peer = greeted(node);
		ProbeData data = lastPing(node, peer);
		peer.ack(node.uri(), new ProbeData(data.source(), data.target(), data.sentAt(), ProbeData.UNKNOWN,
				Map.of("x", List.of(2L), "y", List.of(2L, -5L))));
		run(1);
		assertThat(node.protocol().peers().can(peer.uri(), Ability.GOSSIP)).isTrue();
	}

	@Test
	void twoNodesKnowWhatTheyShare() {
		VirtualNode one = node(1, GOSSIP, NEGATIVE_ACKS);
		VirtualNode other = node(2, GOSSIP, VIEW_DIGEST);
		one.protocol().addMember(other.uri());
		run(3000);
		assertThat(one.protocol().peers().can(other.uri(), Ability.GOSSIP)).isTrue();
		assertThat(one.protocol().peers().can(other.uri(), Ability.NEGATIVE_ACKS)).isFalse();
		assertThat(other.protocol().peers().can(one.uri(), Ability.GOSSIP)).isTrue();
		assertThat(other.protocol().peers().can(one.uri(), Ability.VIEW_DIGEST)).isFalse();
	}

	@Test
	void aNodeThatIsSwitchedOffSpeaksAsTheReferenceAgain() {
		VirtualNode one = node(1, GOSSIP);
		VirtualNode other = node(2, GOSSIP);
		one.protocol().addMember(other.uri());
		run(3000);
		other.protocol().setOptions(MembershipOptions.REFERENCE);
		FakePeer peer = greeted(other);
		Message.Ping ping = peer.last(Message.Ping.class);
		assertThat(ping.data().extra()).isEmpty();
		assertThat(ping.events()).hasSizeGreaterThan(1).allMatch((event) -> event.says(Supplement.NONE));
		run(5000);
		assertThat(one.protocol().peers().can(other.uri(), Ability.GOSSIP)).isFalse();
	}

	@Test
	void aNodeThatIsSwitchedOnTellsTheOthers() {
		VirtualNode one = node(1, GOSSIP);
		VirtualNode other = node(2);
		one.protocol().addMember(other.uri());
		run(3000);
		assertThat(one.protocol().peers().can(other.uri(), Ability.GOSSIP)).isFalse();
		other.protocol().setOptions(options(Set.of(GOSSIP)));
		run(3000);
		assertThat(one.protocol().peers().can(other.uri(), Ability.GOSSIP)).isTrue();
	}

	private VirtualNode node(int number, MembershipExtension... extensions) {
		Set<MembershipExtension> set = EnumSet.noneOf(MembershipExtension.class);
		set.addAll(List.of(extensions));
		return this.mesh.node(number, options(set)).begin();
	}

	private static MembershipOptions options(Collection<MembershipExtension> extensions) {
		return MembershipOptions.REFERENCE.toBuilder().extensions(extensions).build();
	}

	/** Returns a peer that the node has pinged. */
	private FakePeer greeted(VirtualNode node) {
		FakePeer peer = this.mesh.peer(9);
		peer.tell(node.uri(), peer.alive(1));
		run(1);
		node.protocol().greet(peer.uri());
		run(1);
		return peer;
	}

	private ProbeData lastPing(VirtualNode node, FakePeer peer) {
		node.protocol().greet(peer.uri());
		run(1);
		return peer.last(Message.Ping.class).data();
	}

	private static Message ping(FakePeer from, VirtualNode to, Map<?, ?> extra) {
		return new Message.Ping(from.uri(), from.data(from.uri(), to.uri(), extra), List.of());
	}

	private static Rumor capable(FakePeer peer, long incarnation) {
		return new Rumor(peer.uri(), MemberStatus.ALIVE, incarnation, null, 0,
				Supplement.ofSelf(Ability.GOSSIP.bit(), Supplement.UNKNOWN));
	}

	private static Rumor aboutSender(Message message) {
		return message.events()
			.stream()
			.filter((event) -> event.uri().equals(message.sender()))
			.findFirst()
			.orElseThrow();
	}

	private static Introduction introduction(ProbeData data, String key) {
		return Introduction.parse(data.extra().get(key));
	}

	private void run(int millis) {
		this.mesh.advance(Duration.ofMillis(millis));
	}

}

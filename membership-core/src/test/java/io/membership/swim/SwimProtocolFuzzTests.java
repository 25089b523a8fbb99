package io.membership.swim;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.membership.MemberStatus;
import io.membership.MembershipOptions;
import io.membership.wire.FuzzCorpus;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a node hears, it goes on. In each build with the datagrams of the reference;
 * how to let the fuzzer look for others is in {@code docs/testing.md}.
 */
class SwimProtocolFuzzTests {

	/** A datagram begins with its length, in two bytes. */
	private static final int HEADER = 2;

	/** No datagram tells of more members than this. */
	private static final int SHORTEST_EVENT = 5;

	@MethodSource("conversations")
	@FuzzTest(maxDuration = "20m")
	void aNodeGoesOnWhateverItHears(byte[] conversation) {
		VirtualMesh mesh = new VirtualMesh(1);
		VirtualNode node = mesh.node(1, MembershipOptions.DEFAULTS);
		FakePeer peer = mesh.peer(2).answering();
		node.begin(peer);
		mesh.advance(Duration.ofSeconds(1));
		for (int at = 0; at + HEADER < conversation.length;) {
			int length = (Byte.toUnsignedInt(conversation[at]) << Byte.SIZE) | Byte.toUnsignedInt(conversation[at + 1]);
			int end = Math.min(at + HEADER + length, conversation.length);
			node.receive(Arrays.copyOfRange(conversation, at + HEADER, end), peer.uri());
			mesh.advance(Duration.ofMillis(300));
			at = end;
		}
		mesh.advance(Duration.ofSeconds(5));
		assertThat(node.statusOf(node)).isEqualTo(MemberStatus.ALIVE);
		assertThat(node.environment().view().size()).isLessThanOrEqualTo(2 + conversation.length / SHORTEST_EVENT);
		assertThat(node.environment().counts().probed()).hasSizeGreaterThanOrEqualTo(1);
	}

	static Stream<byte[]> conversations() {
		return FuzzCorpus.conversations();
	}

}

package io.membership.swim;

import java.util.ArrayList;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Sealing;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.payloadOfSize;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ranges of members in datagrams.
 */
class RangePackingTests {

	private static final HashedView.Range ALL = new HashedView.Range(0, HashedView.HIGHEST);

	private static final int LIMIT = 1472;

	private final DatagramCodec codec = new DatagramCodec(Sealing.none());

	private final MemberTable table = new MemberTable(VirtualEnvironment.lonely(), uri(1));

	@Test
	void aFewAreInOneDatagram() {
		know(3);
		List<Message.SyncRange> datagrams = pack(ALL);
		assertThat(datagrams).singleElement().satisfies((datagram) -> {
			assertThat(datagram.entries()).hasSize(3);
			assertThat(datagram.from()).isZero();
			assertThat(datagram.to()).isEqualTo(HashedView.HIGHEST);
			assertThat(datagram.complete()).isTrue();
			assertThat(datagram.sender()).isEqualTo(uri(1));
		});
	}

	@Test
	void aRangeWithoutMembersIsToldToo() {
		assertThat(pack(ALL)).singleElement().satisfies((datagram) -> assertThat(datagram.entries()).isEmpty());
	}

	@Test
	void noDatagramIsTooLargeAndNoneIsHalfEmpty() {
		know(1000);
		List<Message.SyncRange> datagrams = pack(ALL);
		List<Integer> sizes = datagrams.stream().map((datagram) -> this.codec.encode(datagram).length).toList();
		assertThat(sizes).hasSizeGreaterThan(5).allMatch((size) -> size <= LIMIT);
		assertThat(sizes.subList(0, sizes.size() - 1)).allMatch((size) -> size > LIMIT - 40);
	}

	@Test
	void theDatagramsCoverTheRangeWithoutGapsAndEachAllThatIsInIt() {
		know(1000);
		HashedView.Range range = new HashedView.Range(1L << 60, -(1L << 60));
		HashedView view = HashedView.of(this.table);
		long next = range.from();
		List<Rumor> told = new ArrayList<>();
		for (Message.SyncRange datagram : pack(range)) {
			assertThat(datagram.from()).isEqualTo(next);
			assertThat(datagram.entries()).isEqualTo(view.within(new HashedView.Range(datagram.from(), datagram.to()))
				.stream()
				.map(HashedView.Entry::known)
				.toList());
			next = datagram.to() + 1;
			told.addAll(datagram.entries());
		}
		assertThat(next - 1).isEqualTo(range.to());
		assertThat(told).hasSize(view.within(range).size()).hasSizeGreaterThan(500);
	}

	@Test
	void payloadsCountAndAreTold() {
		for (int i = 1; i <= 10; i++) {
			this.table.adopt(rumor(uri(i), MemberStatus.ALIVE, 1, payloadOfSize(600)), EVIDENCE);
		}
		assertThat(pack(ALL)).hasSize(5)
			.allSatisfy((datagram) -> assertThat(this.codec.encode(datagram)).hasSizeLessThanOrEqualTo(LIMIT))
			.flatMap(Message.SyncRange::entries)
			.hasSize(10)
			.allMatch((entry) -> entry.payload() != null);
	}

	@Test
	void aPayloadThatFitsNoDatagramIsLeftOut() {
		know(3);
		this.table.adopt(rumor(uri(2), MemberStatus.ALIVE, 2, payloadOfSize(1470)), EVIDENCE);
		List<Message.SyncRange> datagrams = pack(ALL);
		assertThat(datagrams).flatMap(Message.SyncRange::entries)
			.hasSize(3)
			.contains(rumor(uri(2), MemberStatus.ALIVE, 2));
		assertThat(datagrams)
			.allSatisfy((datagram) -> assertThat(this.codec.encode(datagram)).hasSizeLessThanOrEqualTo(LIMIT));
	}

	private void know(int members) {
		for (int i = 1; i <= members; i++) {
			this.table.adopt(rumor(uri(i), MemberStatus.ALIVE, i), EVIDENCE);
		}
	}

	private List<Message.SyncRange> pack(HashedView.Range range) {
		return RangePacking.pack(this.codec, uri(1), range, true, HashedView.of(this.table).within(range), LIMIT);
	}

}

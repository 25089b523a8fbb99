package io.membership.test;

import java.time.Duration;
import java.util.stream.IntStream;

import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.MembershipObserver.MessageType;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mesh in which one member may not know as many others as there are.
 */
class FullTableTests {

	private static final int SIZE = 40;

	private static final int LIMITED = 7;

	private static final int MOST = 20;

	private final SimulatedMesh mesh = SimulatedMesh.builder()
		.size(SIZE)
		.newcomers(1)
		.seed(5)
		.options(MembershipOptions.DEFAULTS)
		.options(LIMITED, MembershipOptions.builder().maxMembers(MOST).build())
		.build();

	@Test
	void allOthersSeeAll() {
		this.mesh.startAll();
		this.mesh.runUntil((any) -> seenByOthers(SIZE)).within(Duration.ofSeconds(15));
		assertThat(seenByLimited()).isEqualTo(MOST);
	}

	/** What it leaves out differs for ever, so its view must not be compared. */
	@Test
	void viewsAreNotExchangedForEver() {
		this.mesh.startAll().run(Duration.ofSeconds(60));
		Traffic before = this.mesh.traffic();
		this.mesh.run(Duration.ofSeconds(60));
		Traffic traffic = this.mesh.traffic().since(before);
		assertThat(traffic.datagrams().getOrDefault(MessageType.SYNC_DIGESTS, 0L)).as("%s", this.mesh).isZero();
		assertThat(traffic.datagrams().getOrDefault(MessageType.SYNC_RANGE, 0L)).as("%s", this.mesh).isZero();
		assertThat(traffic.datagrams().get(MessageType.SYNC_REQ)).as("%s", this.mesh).isBetween(1L, 60L);
		assertThat(traffic.dropped().get(DropReason.TOO_MANY_MEMBERS)).as("%s", this.mesh).isPositive();
	}

	@Test
	void whoIsDeadMakesRoomForNewcomers() {
		this.mesh.startAll().run(Duration.ofSeconds(15));
		int dead = someoneKnownToLimited();
		this.mesh.crash(dead);
		this.mesh.runUntil((any) -> deadToOthers(dead)).within(Duration.ofSeconds(20));
		this.mesh.start(SIZE + 1, 1);
		this.mesh.runUntil((any) -> seenByLimited() == MOST).within(Duration.ofSeconds(15));
		this.mesh.call(LIMITED, (protocol) -> assertThat(protocol.state().tombstones()).isEqualTo(1));
	}

	@Test
	void withMoreRoomItSeesAll() {
		this.mesh.startAll().run(Duration.ofSeconds(60));
		this.mesh.call(LIMITED, (protocol) -> protocol.setOptions(MembershipOptions.DEFAULTS));
		this.mesh.runUntil(Conditions.allSeeAll()).within(Duration.ofSeconds(5));
	}

	private boolean seenByOthers(int expected) {
		for (int member = 1; member <= SIZE; member++) {
			if (member != LIMITED && this.mesh.views().alive(member) != expected) {
				return false;
			}
		}
		return true;
	}

	/** Where there is no room, somebody who lives may have its place already. */
	private boolean deadToOthers(int dead) {
		return IntStream.rangeClosed(1, SIZE)
			.filter((member) -> member != dead && member != LIMITED)
			.allMatch((member) -> this.mesh.views().status(member, dead) == MemberStatus.DEAD);
	}

	private int seenByLimited() {
		return this.mesh.views().alive(LIMITED);
	}

	private int someoneKnownToLimited() {
		int member = 2;
		while (member == LIMITED || this.mesh.views().status(LIMITED, member) != MemberStatus.ALIVE) {
			member++;
		}
		return member;
	}

}

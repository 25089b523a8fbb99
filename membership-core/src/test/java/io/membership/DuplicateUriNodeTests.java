package io.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes that advertise one URI, on real sockets.
 */
@Timeout(30)
class DuplicateUriNodeTests {

	private static final MembershipOptions FAST = MembershipOptions.builder()
		.protocolPeriod(Duration.ofMillis(50))
		.ackTimeout(Duration.ofMillis(20))
		.antiEntropyPeriod(Duration.ofMillis(100))
		.suspectTimeout(Duration.ofMillis(150))
		.extensions(MembershipOptions.ALL_EXTENSIONS)
		.build();

	private final List<Membership> nodes = new ArrayList<>();

	@AfterEach
	void close() {
		this.nodes.forEach(Membership::crash);
	}

	@Test
	void whoIsReachedUnderTheUriHearsOfTheOther() throws Exception {
		Membership seed = add(builder().start());
		MemberUri uri = seed.myself().uri();
		Membership right = add(builder().seeds(uri).start());
		int port = right.myself().uri().port();
		Membership wrong = add(builder().advertisedPort(port).seeds(uri).start());
		await(() -> right.state().duplicateUri());
		assertThat(seed.state().duplicateUri()).isFalse();
		assertThat(wrong.myself().uri()).isEqualTo(right.myself().uri());
	}

	@Test
	void whoStartsAgainIsNoOther() throws Exception {
		Membership seed = add(builder().start());
		Membership node = add(builder().seeds(seed.myself().uri()).start());
		for (int i = 0; i < 10; i++) {
			node.leave();
			node.start();
			await(() -> seed.member(node.myself().uri())
				.filter((member) -> member.status() == MemberStatus.ALIVE)
				.isPresent());
		}
		assertThat(node.state().duplicateUri()).isFalse();
		assertThat(seed.state().duplicateUri()).isFalse();
	}

	private static MembershipBuilder builder() {
		return Membership.builder().advertisedHost("127.0.0.1").bindAddress("127.0.0.1").port(0).options(FAST);
	}

	private Membership add(Membership node) {
		this.nodes.add(node);
		return node;
	}

	private static void await(BooleanSupplier condition) throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - end).isNegative();
			TimeUnit.MILLISECONDS.sleep(5);
		}
	}

}

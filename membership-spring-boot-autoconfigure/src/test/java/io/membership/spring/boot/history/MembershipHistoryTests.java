package io.membership.spring.boot.history;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.Member;
import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MembershipHistory}.
 */
class MembershipHistoryTests {

	private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

	private static final Evidence EVIDENCE = Evidence.own(Cause.PROBE_FAILED);

	private final MembershipHistory history = new MembershipHistory(3, Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void remembersWhatHappenedAndWhy() {
		this.history.onEvent(new MemberStatusChangedEvent(member(1, MemberStatus.ALIVE), null, EVIDENCE));
		this.history
			.onEvent(new MemberStatusChangedEvent(member(1, MemberStatus.SUSPECT), MemberStatus.ALIVE, EVIDENCE));
		this.history.onEvent(new MemberRemovedEvent(member(1, MemberStatus.DEAD), EVIDENCE));
		assertThat(this.history.changes()).containsExactly(
				new MembershipChange(1, NOW, uri(1), null, MemberStatus.ALIVE, 7, EVIDENCE),
				new MembershipChange(2, NOW, uri(1), MemberStatus.ALIVE, MemberStatus.SUSPECT, 7, EVIDENCE),
				new MembershipChange(3, NOW, uri(1), MemberStatus.DEAD, null, 7, EVIDENCE));
	}

	@Test
	void forgetsTheOldestChange() {
		IntStream.rangeClosed(1, 5).forEach(this::appear);
		assertThat(this.history.changes()).extracting(MembershipChange::id).containsExactly(3L, 4L, 5L);
		assertThat(this.history.lastId()).isEqualTo(5);
		assertThat(this.history.changes((change) -> change.id() == 4)).extracting(MembershipChange::uri)
			.containsExactly(uri(4));
	}

	@Test
	void changesOfPayloadsDoNotCount() {
		this.history
			.onEvent(new MemberPayloadChangedEvent(member(1, MemberStatus.ALIVE), Map.of("zone", "a"), EVIDENCE));
		assertThat(this.history.changes()).isEmpty();
		assertThat(this.history.lastId()).isZero();
	}

	@Test
	void isAlwaysConsistent() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Future<?> writer = executor.submit(() -> IntStream.rangeClosed(1, 2000).forEach(this::appear));
			while (!writer.isDone()) {
				List<Long> ids = this.history.changes().stream().map(MembershipChange::id).toList();
				assertThat(ids).hasSizeLessThanOrEqualTo(3);
				if (!ids.isEmpty()) {
					assertThat(ids).isEqualTo(LongStream.range(ids.get(0), ids.get(0) + ids.size()).boxed().toList());
				}
			}
			writer.get();
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.history.lastId()).isEqualTo(2000);
	}

	@Test
	void aSizeBelowOneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MembershipHistory(0, Clock.systemUTC()));
	}

	private void appear(int number) {
		this.history.onEvent(new MemberStatusChangedEvent(member(number, MemberStatus.ALIVE), null, EVIDENCE));
	}

	private static Member member(int number, MemberStatus status) {
		return new Member(uri(number), status, 7, Map.of(), NOW, null, null, null);
	}

	private static MemberUri uri(int number) {
		return MemberUri.of("host", number);
	}

}

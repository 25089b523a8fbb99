package io.membership.spring.boot.actuate.endpoint;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.Member;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.spring.boot.actuate.endpoint.MembershipHistoryEndpoint.ChangeDescriptor;
import io.membership.spring.boot.actuate.endpoint.MembershipHistoryEndpoint.HistoryDescriptor;
import io.membership.spring.boot.history.MembershipHistory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MembershipHistoryEndpoint}.
 */
class MembershipHistoryEndpointTests {

	private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

	private static final MemberUri SELF = MemberUri.of("self", 3301);

	private static final MemberUri OTHER = MemberUri.of("other", 3302);

	private final MembershipHistory history = new MembershipHistory(10, Clock.fixed(NOW, ZoneOffset.UTC));

	private final MembershipHistoryEndpoint endpoint = new MembershipHistoryEndpoint(this.history);

	@BeforeEach
	void threeChanges() {
		this.history.onEvent(new MemberStatusChangedEvent(member(OTHER, MemberStatus.ALIVE), null,
				Evidence.reported(Cause.SYNC, SELF)));
		this.history.onEvent(new MemberStatusChangedEvent(member(OTHER, MemberStatus.SUSPECT), MemberStatus.ALIVE,
				Evidence.own(Cause.PROBE_FAILED)));
		this.history.onEvent(new MemberRemovedEvent(member(SELF, MemberStatus.LEFT), Evidence.own(Cause.REQUESTED)));
	}

	@Test
	void describesAllChangesTheOldestFirst() {
		HistoryDescriptor all = this.endpoint.history(null, null);
		assertThat(all.size()).isEqualTo(10);
		assertThat(all.lastId()).isEqualTo(3);
		assertThat(all.changes()).extracting(ChangeDescriptor::id).containsExactly(1L, 2L, 3L);
		assertThat(all.changes()).extracting(ChangeDescriptor::from).containsExactly(null, "alive", "left");
		assertThat(all.changes()).extracting(ChangeDescriptor::to).containsExactly("alive", "suspect", null);
		ChangeDescriptor first = all.changes().get(0);
		assertThat(first.timestamp()).isEqualTo(NOW);
		assertThat(first.uri()).isEqualTo("other:3302");
		assertThat(first.evidence().cause()).isEqualTo("sync");
		assertThat(first.evidence().reporter()).isEqualTo("self:3301");
	}

	@Test
	void filtersByMember() {
		assertThat(this.endpoint.history("other:3302", null).changes()).extracting(ChangeDescriptor::id)
			.containsExactly(1L, 2L);
		assertThat(this.endpoint.history("nobody:1", null).changes()).isEmpty();
	}

	@Test
	void filtersByWhatCameBefore() {
		HistoryDescriptor later = this.endpoint.history("other:3302", "1");
		assertThat(later.changes()).extracting(ChangeDescriptor::id).containsExactly(2L);
		assertThat(later.lastId()).isEqualTo(3);
		assertThat(this.endpoint.history(null, "2026-01-31T11:59:59Z").changes()).hasSize(3);
		assertThat(this.endpoint.history(null, "2026-01-31T12:00:00Z").changes()).isEmpty();
	}

	@Test
	void whatIsMalformedIsRefused() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.history("no uri", null));
		for (String since : new String[] { "yesterday", "-1", "", "99999999999999999999" }) {
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> this.endpoint.history(null, since));
		}
	}

	private static Member member(MemberUri uri, MemberStatus status) {
		return new Member(uri, status, 7, Map.of(), NOW, null, null, null);
	}

}

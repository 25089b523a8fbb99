package io.membership.spring.boot.actuate.endpoint;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.membership.Evidence;
import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipOptions;
import io.membership.MembershipState;
import io.membership.ProbeResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;
import org.mockito.junit.jupiter.MockitoSettings;
import org.mockito.quality.Strictness;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link MembershipEndpoint} and {@link MembershipEndpointWebExtension}.
 */
@ExtendWith(MockitoExtension.class)
@MockitoSettings(strictness = Strictness.LENIENT)
class MembershipEndpointTests {

	private static final MemberUri SELF = MemberUri.of("self", 3301);

	private static final MemberUri OTHER = MemberUri.of("other", 3302);

	private static final Evidence EVIDENCE = Evidence.ofProbe(Evidence.Cause.PROBE_FAILED, 3, 2, 1)
		.accusedBy(List.of(SELF, MemberUri.of("third", 3303)), List.of(SELF));

	@Mock
	private Membership membership;

	@BeforeEach
	void twoMembers() {
		Member self = member(SELF, MemberStatus.ALIVE);
		Member other = member(OTHER, MemberStatus.NON_DECRYPTABLE);
		given(this.membership.myself()).willReturn(self);
		given(this.membership.members()).willReturn(Map.of(SELF, self, OTHER, other));
		given(this.membership.member(SELF)).willReturn(Optional.of(self));
		given(this.membership.member(OTHER)).willReturn(Optional.of(other));
		given(this.membership.options()).willReturn(MembershipOptions.DEFAULTS);
		given(this.membership.state())
			.willReturn(new MembershipState(true, null, Duration.ZERO, null, 0, 0, 0, false, 0));
	}

	private static Member member(MemberUri uri, MemberStatus status) {
		return new Member(uri, status, 7, Map.of("zone", "a"), Instant.EPOCH, Duration.ofMillis(3),
				Duration.ofMillis(2), (status != MemberStatus.ALIVE) ? EVIDENCE : null);
	}

	@Test
	void describesAllMembersInOrder() {
		MembershipEndpoint.MembershipDescriptor descriptor = endpoint(Show.ALWAYS).membership();
		assertThat(descriptor.self().uri()).isEqualTo("self:3301");
		assertThat(descriptor.counts()).containsExactly(Map.entry("alive", 1), Map.entry("suspect", 0),
				Map.entry("dead", 0), Map.entry("non-decryptable", 1), Map.entry("left", 0));
		assertThat(descriptor.members()).extracting(MembershipEndpoint.MemberDescriptor::uri)
			.containsExactly("other:3302", "self:3301");
		assertThat(descriptor.members().get(0)).isEqualTo(new MembershipEndpoint.MemberDescriptor("other:3302",
				"non-decryptable", 7, Map.of("zone", "a"), Instant.EPOCH, Duration.ofMillis(3), Duration.ofMillis(2),
				new MembershipEndpoint.EvidenceDescriptor(EVIDENCE.toString(), "probe-failed", null, 3, 2, 1,
						List.of("self:3301", "third:3303"), List.of("self:3301"), null)));
		assertThat(descriptor.self().evidence()).isNull();
	}

	@Test
	void unlessAlwaysShownTheEndpointItselfHidesValues() {
		for (Show show : List.of(Show.NEVER, Show.WHEN_AUTHORIZED)) {
			assertThat(endpoint(show).member("other:3302").payload()).containsEntry("zone", "******");
		}
	}

	@Test
	void whenAuthorizedShowsValuesToUsersInARole() {
		SecurityContext user = mock(SecurityContext.class);
		given(user.getPrincipal()).willReturn(mock(Principal.class));
		MembershipEndpointWebExtension extension = new MembershipEndpointWebExtension(endpoint(Show.WHEN_AUTHORIZED),
				Show.WHEN_AUTHORIZED, Set.of("admin"));
		assertThat(extension.member(user, "other:3302").getBody().payload()).containsEntry("zone", "******");
		assertThat(extension.membership(user).getBody().self().payload()).containsEntry("zone", "******");
		given(user.isUserInRole("admin")).willReturn(true);
		assertThat(extension.member(user, "other:3302").getBody().payload()).containsEntry("zone", "a");
		assertThat(extension.membership(user).getBody().self().payload()).containsEntry("zone", "a");
		assertThat(extension.member(SecurityContext.NONE, "other:3302").getBody().payload()).containsEntry("zone",
				"******");
	}

	@Test
	void leavesAndRejoins() {
		given(this.membership.leave()).willReturn(true, false);
		assertThat(endpoint(Show.NEVER).act("leave").result()).isEqualTo("done");
		assertThat(endpoint(Show.NEVER).act("leave").result()).isEqualTo("unchanged");
		assertThat(endpoint(Show.NEVER).act("rejoin").result()).isEqualTo("unchanged");
		given(this.membership.state()).willReturn(new MembershipState(false, null, null, null, 0, 0, 0, false, 0));
		assertThat(endpoint(Show.NEVER).act("rejoin").result()).isEqualTo("done");
	}

	@Test
	void broadcastsToTheConfiguredPortOrItsOwn() {
		given(this.membership.broadcast(4000)).willReturn(2);
		given(this.membership.broadcast(3301)).willReturn(0);
		assertThat(endpoint(Show.NEVER, 4000).act("broadcast"))
			.isEqualTo(new MembershipEndpoint.ActionDescriptor("broadcast", "sent", null, null, 2));
		assertThat(endpoint(Show.NEVER, 0).act("broadcast"))
			.isEqualTo(new MembershipEndpoint.ActionDescriptor("broadcast", "not-sent", null, null, 0));
	}

	@Test
	void probes() {
		given(this.membership.probeUri(OTHER))
			.willReturn(CompletableFuture.completedFuture(new ProbeResult.Alive(Duration.ofMillis(2))))
			.willReturn(CompletableFuture.completedFuture(new ProbeResult.NoResponse()))
			.willReturn(CompletableFuture.completedFuture(new ProbeResult.NotSent("why")));
		MembershipEndpoint endpoint = endpoint(Show.NEVER);
		assertThat(endpoint.actOnMember("other:3302", "probe"))
			.isEqualTo(new MembershipEndpoint.ActionDescriptor("probe", "alive", Duration.ofMillis(2), null, null));
		assertThat(endpoint.actOnMember("other:3302", "probe").result()).isEqualTo("no-response");
		assertThat(endpoint.actOnMember("other:3302", "probe").reason()).isEqualTo("why");
	}

	@Test
	void addsUnlessKnown() {
		MemberUri unknown = MemberUri.of("unknown", 1);
		assertThat(endpoint(Show.NEVER).actOnMember("unknown:1", "add").result()).isEqualTo("done");
		assertThat(endpoint(Show.NEVER).actOnMember("other:3302", "add").result()).isEqualTo("unchanged");
		then(this.membership).should().addMember(unknown);
	}

	@Test
	void neverRemovesItself() {
		MembershipEndpoint endpoint = endpoint(Show.NEVER);
		assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(() -> endpoint.remove("self:3301"));
		then(this.membership).should(never()).removeMember(SELF);
		assertThat(endpoint.remove("other:3302")).isTrue();
		then(this.membership).should().removeMember(OTHER);
		assertThat(endpoint.remove("not a uri")).isFalse();
	}

	private MembershipEndpoint endpoint(Show show) {
		return endpoint(show, 0);
	}

	private MembershipEndpoint endpoint(Show show, int broadcastPort) {
		return new MembershipEndpoint(this.membership, broadcastPort, List.of(), show);
	}

}

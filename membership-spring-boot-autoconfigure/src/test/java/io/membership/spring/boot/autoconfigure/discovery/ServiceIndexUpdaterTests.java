package io.membership.spring.boot.autoconfigure.discovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.membership.Member;
import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipListener;
import io.membership.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.cloud.client.ServiceInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ServiceIndexUpdater}.
 */
class ServiceIndexUpdaterTests {

	private static final Map<String, Object> ORDERS = Map.of("discovery", Map.of("s", "orders", "p", 80L));

	private final Map<MemberUri, Member> view = new HashMap<>();

	private final Membership membership = mock(Membership.class);

	private final Subscription subscription = mock(Subscription.class);

	private final ServiceIndex index = new ServiceIndex();

	private final List<String> told = new ArrayList<>();

	private MembershipListener listener = (event) -> {
	};

	@Test
	void aliveMembersWithADescriptionAreInstances() {
		ServiceIndexUpdater updater = started(false);
		change("a:1", MemberStatus.ALIVE, ORDERS);
		change("b:1", MemberStatus.ALIVE, Map.of("other", 1L));
		change("c:1", MemberStatus.ALIVE, Map.of("discovery", "garbage"));
		change("d:1", MemberStatus.NON_DECRYPTABLE, ORDERS);
		assertThat(instances()).containsExactly("a:1");
		assertThat(this.told).containsExactly("[orders] 1");
		assertThat(updater.isRunning()).isTrue();
	}

	@Test
	void suspectsAreNotInstances() {
		started(false);
		change("a:1", MemberStatus.ALIVE, ORDERS);
		change("a:1", MemberStatus.SUSPECT, ORDERS);
		assertThat(instances()).isEmpty();
		change("a:1", MemberStatus.ALIVE, ORDERS);
		assertThat(instances()).containsExactly("a:1");
		assertThat(this.told).containsExactly("[orders] 1", "[orders] 2", "[orders] 3");
	}

	@Test
	void suspectsAreInstancesOnDemand() {
		started(true);
		change("a:1", MemberStatus.ALIVE, ORDERS);
		change("a:1", MemberStatus.SUSPECT, ORDERS);
		assertThat(instances()).containsExactly("a:1");
		assertThat(this.told).containsExactly("[orders] 1");
		change("a:1", MemberStatus.DEAD, ORDERS);
		assertThat(instances()).isEmpty();
	}

	@Test
	void membersThatAreDeadOrLeftOrRemovedAreNoInstances() {
		started(false);
		for (MemberStatus status : List.of(MemberStatus.DEAD, MemberStatus.LEFT)) {
			change("a:1", MemberStatus.ALIVE, ORDERS);
			assertThat(instances()).containsExactly("a:1");
			change("a:1", status, ORDERS);
			assertThat(instances()).isEmpty();
		}
		Member member = change("a:1", MemberStatus.ALIVE, ORDERS);
		this.view.remove(member.uri());
		this.listener.onEvent(new MemberRemovedEvent(member, null));
		assertThat(instances()).isEmpty();
	}

	@Test
	void followsThePayload() {
		started(false);
		change("a:1", MemberStatus.ALIVE, ORDERS);
		Member member = put("a:1", MemberStatus.ALIVE, Map.of("discovery", Map.of("s", "orders", "p", 80L, "a", 2L)));
		this.listener.onEvent(new MemberPayloadChangedEvent(member, ORDERS, null));
		assertThat(instances()).isEmpty();
		assertThat(this.told).hasSize(2);
	}

	/** Events may wait for a slow listener, or be merged. */
	@Test
	void takesInTheViewAndNotTheEvent() {
		started(false);
		Member before = put("a:1", MemberStatus.ALIVE, ORDERS);
		put("a:1", MemberStatus.DEAD, ORDERS);
		this.listener.onEvent(new MemberStatusChangedEvent(before, null, null));
		assertThat(instances()).isEmpty();
		assertThat(this.told).isEmpty();
	}

	@Test
	void whenThisNodeLeavesForgetsAll() {
		started(false);
		change("a:1", MemberStatus.ALIVE, ORDERS);
		this.view.clear();
		change("me:1", MemberStatus.LEFT, ORDERS);
		assertThat(instances()).isEmpty();
	}

	@Test
	void staysAsItIsOnceTheApplicationStops() {
		ServiceIndexUpdater updater = started(false);
		change("a:1", MemberStatus.ALIVE, ORDERS);
		updater.stop();
		this.view.clear();
		change("me:1", MemberStatus.LEFT, ORDERS);
		assertThat(instances()).containsExactly("a:1");
		assertThat(updater.isRunning()).isFalse();
		put("b:1", MemberStatus.ALIVE, ORDERS);
		updater.start();
		assertThat(instances()).containsExactly("b:1");
		assertThat(this.told).containsExactly("[orders] 1", "[orders] 2");
	}

	@Test
	void aListenerThatFailsDoesNotKeepItFromOthers() {
		ServiceChangeListener failing = (services, version) -> {
			throw new IllegalStateException("no");
		};
		start(new ServiceIndexUpdater(this.membership, this.index, false, 0, List.of(failing, this::tell)));
		change("a:1", MemberStatus.ALIVE, ORDERS);
		assertThat(this.told).containsExactly("[orders] 1");
	}

	@Test
	void isAroundTheNode() {
		ServiceIndexUpdater updater = started(false);
		assertThat(updater.getPhase()).isEqualTo(8);
		assertThat(updater.isPauseable()).isFalse();
		assertThat(new ServiceIndexUpdater(this.membership, this.index, false, Integer.MAX_VALUE, List.of()).getPhase())
			.isEqualTo(Integer.MAX_VALUE);
		updater.destroy();
		then(this.subscription).should().close();
	}

	private ServiceIndexUpdater started(boolean includeSuspects) {
		return start(new ServiceIndexUpdater(this.membership, this.index, includeSuspects, 7, List.of(this::tell)));
	}

	private ServiceIndexUpdater start(ServiceIndexUpdater updater) {
		given(this.membership.myself()).willReturn(member("me:1", MemberStatus.ALIVE, Map.of()));
		given(this.membership.members()).willReturn(this.view);
		given(this.membership.member(any(MemberUri.class)))
			.willAnswer((call) -> Optional.ofNullable(this.view.get(call.getArgument(0, MemberUri.class))));
		given(this.membership.subscribe(any())).willReturn(this.subscription);
		updater.afterPropertiesSet();
		ArgumentCaptor<MembershipListener> captor = ArgumentCaptor.forClass(MembershipListener.class);
		then(this.membership).should().subscribe(captor.capture());
		this.listener = captor.getValue();
		updater.start();
		return updater;
	}

	private void tell(Set<String> services, long version) {
		this.told.add(services + " " + version);
	}

	private Member change(String uri, MemberStatus status, Map<String, @Nullable Object> payload) {
		Member member = put(uri, status, payload);
		this.listener.onEvent(new MemberStatusChangedEvent(member, null, null));
		return member;
	}

	private Member put(String uri, MemberStatus status, Map<String, @Nullable Object> payload) {
		Member member = member(uri, status, payload);
		this.view.put(member.uri(), member);
		return member;
	}

	private static Member member(String uri, MemberStatus status, Map<String, @Nullable Object> payload) {
		return new Member(MemberUri.parse(uri), status, 1, payload, Instant.EPOCH, null, null, null);
	}

	private List<String> instances() {
		return this.index.instances("orders").stream().map(ServiceInstance::getInstanceId).toList();
	}

}

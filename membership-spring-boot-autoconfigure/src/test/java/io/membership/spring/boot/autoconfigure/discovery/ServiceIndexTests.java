package io.membership.spring.boot.autoconfigure.discovery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import io.membership.MemberUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.cloud.client.ServiceInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ServiceIndex}.
 */
@Timeout(30)
class ServiceIndexTests {

	private final ServiceIndex index = new ServiceIndex();

	@Test
	void isEmptyAtFirst() {
		assertThat(this.index.services()).isEmpty();
		assertThat(this.index.instances("orders")).isEmpty();
	}

	@Test
	void findsInstancesByServiceInOrder() {
		assertThat(put("b:1", "orders", 80)).containsExactly("orders");
		assertThat(put("a:1", "orders", 80)).containsExactly("orders");
		assertThat(put("c:1", "billing", 80)).containsExactly("billing");
		assertThat(this.index.services()).containsExactly("billing", "orders");
		assertThat(instances("orders")).containsExactly("a:1", "b:1");
		assertThat(instances("billing")).containsExactly("c:1");
	}

	@Test
	void whatDoesNotChangeIsNoChange() {
		put("a:1", "orders", 80);
		List<ServiceInstance> before = this.index.instances("orders");
		assertThat(put("a:1", "orders", 80)).isEmpty();
		assertThat(this.index.update(MemberUri.parse("b:1"), null)).isEmpty();
		assertThat(this.index.instances("orders")).isSameAs(before);
	}

	@Test
	void anInstanceCanSayOtherThings() {
		put("a:1", "orders", 80);
		assertThat(put("a:1", "orders", 81)).containsExactly("orders");
		assertThat(this.index.instances("orders")).singleElement().extracting(ServiceInstance::getPort).isEqualTo(81);
	}

	@Test
	void anInstanceCanMoveToAnotherService() {
		put("a:1", "orders", 80);
		assertThat(put("a:1", "billing", 80)).containsExactly("billing", "orders");
		assertThat(this.index.services()).containsExactly("billing");
	}

	@Test
	void aServiceWithoutInstancesIsGone() {
		put("a:1", "orders", 80);
		assertThat(this.index.update(MemberUri.parse("a:1"), null)).containsExactly("orders");
		assertThat(this.index.services()).isEmpty();
		assertThat(this.index.instances("orders")).isEmpty();
	}

	@Test
	void replacingAllTellsWhatChanged() {
		put("a:1", "orders", 80);
		put("b:1", "billing", 80);
		put("c:1", "mail", 80);
		assertThat(this.index
			.replaceAll(Map.of(MemberUri.parse("a:1"), instance("a:1", "orders", 80), MemberUri.parse("c:1"),
					instance("c:1", "mail", 81), MemberUri.parse("d:1"), instance("d:1", "web", 80))))
			.containsExactly("billing", "mail", "web");
		assertThat(this.index.services()).containsExactly("mail", "orders", "web");
	}

	@Test
	void whatReadersGetCannotBeChanged() {
		put("a:1", "orders", 80);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.index.instances("orders").clear());
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.index.services().clear());
	}

	/** Two members always swap their service in one change, so each has one. */
	@Test
	void readersSeeAllOfAChangeOrNothing() throws Exception {
		MemberUri a = MemberUri.parse("a:1");
		MemberUri b = MemberUri.parse("b:1");
		Map<MemberUri, MembershipServiceInstance> one = Map.of(a, instance("a:1", "orders", 80), b,
				instance("b:1", "orders", 80));
		Map<MemberUri, MembershipServiceInstance> other = Map.of(a, instance("a:1", "orders", 81), b,
				instance("b:1", "orders", 81));
		this.index.replaceAll(one);
		AtomicBoolean done = new AtomicBoolean();
		ExecutorService writer = Executors.newSingleThreadExecutor();
		try {
			Future<?> writing = writer.submit(() -> {
				for (int i = 0; i < 20_000; i++) {
					this.index.replaceAll((i % 2 == 0) ? other : one);
				}
				done.set(true);
			});
			while (!done.get() && !writing.isDone()) {
				List<ServiceInstance> seen = this.index.instances("orders");
				assertThat(seen).hasSize(2);
				assertThat(seen.get(0).getPort()).isEqualTo(seen.get(1).getPort());
			}
			writing.get();
		}
		finally {
			writer.shutdownNow();
		}
	}

	private Set<String> put(String uri, String service, int port) {
		return this.index.update(MemberUri.parse(uri), instance(uri, service, port));
	}

	private List<String> instances(String service) {
		return this.index.instances(service).stream().map(ServiceInstance::getInstanceId).toList();
	}

	private static MembershipServiceInstance instance(String uri, String service, int port) {
		return MembershipServiceInstanceTests.instance(uri, Map.of("s", service, "p", port));
	}

}

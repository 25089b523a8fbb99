package io.membership.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.membership.MemberIncarnationChangedEvent;
import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.MembershipObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link MembershipEventPublisher}.
 */
@Timeout(30)
class MembershipEventPublisherTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties());

	@Test
	void publishesFromTheBeginningOfStartToTheEndOfStop() {
		Events events = new Events();
		this.contextRunner.withBean(Events.class, () -> events).run((context) -> {
			Membership membership = context.getBean(Membership.class);
			membership.setPayload("key", "value");
			ConfigurableApplicationContext source = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			source.stop();
			assertThat(events.texts).containsExactly("null->alive", "payload", "alive->left");
			source.start();
			source.stop();
			assertThat(events.texts).startsWith("null->alive", "payload", "alive->left")
				.filteredOn("alive->left"::equals)
				.hasSize(2);
			assertThat(events.threads)
				.allSatisfy((name) -> assertThat(name).startsWith("membership-").endsWith("-events"));
		});
	}

	@Test
	void publishesEachEventOnceAndInOrder() {
		Events events = new Events();
		this.contextRunner.withBean(Events.class, () -> events).run((context) -> {
			Membership membership = context.getBean(Membership.class);
			List<Object> expected = new ArrayList<>();
			for (long i = 0; i < 200; i++) {
				membership.setPayload("counter", i);
				expected.add(i);
			}
			await().until(() -> events.payloads.size() >= expected.size());
			assertThat(events.payloads).extracting((payload) -> payload.get("counter")).isEqualTo(expected);
		});
	}

	@Test
	void publishesWhatHappensToOthers() {
		Events events = new Events();
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			MemberUri uri = peer.myself().uri();
			this.contextRunner.withPropertyValues("membership.seeds=" + uri)
				.withBean(Events.class, () -> events)
				.run((context) -> {
					TestMesh.awaitStatus(context.getBean(Membership.class), uri, MemberStatus.ALIVE);
					peer.crash();
					TestMesh.awaitStatus(context.getBean(Membership.class), uri, MemberStatus.DEAD);
				});
			assertThat(events.statuses).filteredOn((event) -> event.member().uri().equals(uri))
				.extracting(MemberStatusChangedEvent::previous, MemberStatusChangedEvent::status)
				.startsWith(tuple(null, MemberStatus.ALIVE), tuple(MemberStatus.ALIVE, MemberStatus.SUSPECT),
						tuple(MemberStatus.SUSPECT, MemberStatus.DEAD));
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void aListenerThatThrowsIsLoggedAndCountedAndTheOthersAreCalled(CapturedOutput output) {
		AtomicInteger failures = new AtomicInteger();
		Events events = new Events();
		this.contextRunner.withUserConfiguration(Failing.class)
			.withBean(Events.class, () -> events)
			.withBean(MembershipObserver.class, () -> new MembershipObserver() {
				@Override
				public void listenerFailed() {
					failures.incrementAndGet();
				}
			})
			.run((context) -> {
				await().untilAsserted(() -> assertThat(events.texts).containsExactly("null->alive"));
				context.getBean(Membership.class).setPayload("key", "value");
				await().untilAsserted(() -> assertThat(events.texts).containsExactly("null->alive", "payload"));
				assertThat(failures).hasValue(4);
				assertThat(output).contains("A listener of membership events failed", "first of all",
						"plain and simple");
			});
	}

	@Test
	void aListenerAddedLaterReceivesEventsUntilItIsRemoved() {
		this.contextRunner.run((context) -> {
			ConfigurableApplicationContext source = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			Membership membership = context.getBean(Membership.class);
			List<Object> received = new CopyOnWriteArrayList<>();
			List<Object> control = new CopyOnWriteArrayList<>();
			ApplicationListener<?> listener = ApplicationListener
				.forPayload((MemberPayloadChangedEvent event) -> received.add(event));
			source.addApplicationListener(listener);
			source.addApplicationListener(
					ApplicationListener.forPayload((MemberPayloadChangedEvent event) -> control.add(event)));
			membership.setPayload("key", 1);
			await().until(() -> control.size() == 1);
			source.removeApplicationListener(listener);
			membership.setPayload("key", 2);
			await().until(() -> control.size() == 2);
			assertThat(received).hasSize(1);
		});
	}

	@Test
	void aLazyListenerIsCreatedForItsFirstEvent() {
		this.contextRunner.withUserConfiguration(LazyConfiguration.class).run((context) -> {
			context.getBean(Membership.class).setPayload("key", 1);
			await()
				.untilAsserted(() -> assertThat(context.getBeanFactory().containsSingleton("lazyListener")).isTrue());
			await().untilAsserted(() -> assertThat(context.getBean(LazyListener.class).received).hasSize(1));
		});
	}

	@Test
	void publishesToTheParentAsWell() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext()) {
			Events parentEvents = new Events();
			Events events = new Events();
			parent.registerBean(Events.class, () -> parentEvents);
			parent.register(Failing.class);
			parent.refresh();
			this.contextRunner.withParent(parent)
				.withBean("events", Events.class, () -> events)
				.run((context) -> await().untilAsserted(() -> {
					assertThat(events.texts).containsExactly("null->alive");
					assertThat(parentEvents.texts).containsExactly("null->alive");
				}));
			assertThat(parentEvents.texts).containsExactly("null->alive", "alive->left");
			assertThat(events.texts).containsExactly("null->alive", "alive->left");
		}
	}

	@Test
	void aManagementContextDoesNotDoubleEvents() {
		Events events = new Events();
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.SERVLET)
			.initializers((target) -> target.getBeanFactory().registerSingleton("events", events))
			.properties(TestMesh.properties("server.port=0", "management.server.port=0",
					"membership.discovery.enabled=false"))
			.run()) {
			assertThat(context.getBean(Application.class).servers).hasValue(2);
			assertThat(context.getBeanFactory().getBeanNamesForType(Membership.class)).hasSize(1);
			context.getBean(Membership.class).setPayload("key", "value");
			await().untilAsserted(() -> assertThat(events.texts).contains("payload"));
		}
		assertThat(events.texts).containsExactly("null->alive", "payload", "alive->left");
	}

	static class Events {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		private final List<String> threads = new CopyOnWriteArrayList<>();

		private final List<MemberStatusChangedEvent> statuses = new CopyOnWriteArrayList<>();

		private final List<Map<String, Object>> payloads = new CopyOnWriteArrayList<>();

		@EventListener
		@Order(10)
		void on(MembershipEvent event) {
			this.threads.add(Thread.currentThread().getName());
			if (event instanceof MemberStatusChangedEvent change) {
				this.statuses.add(change);
				this.texts.add(change.previous() + "->" + change.status());
			}
			else if (event instanceof MemberPayloadChangedEvent change) {
				this.payloads.add(change.member().payload());
				this.texts.add("payload");
			}
			else if (event instanceof MemberIncarnationChangedEvent) {
				this.texts.add("incarnation");
			}
			else {
				this.texts.add("removed");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@EventListener
		@Order(1)
		void fail(MembershipEvent event) {
			throw new IllegalStateException("first of all");
		}

		@Bean
		FailingListener failingListener() {
			return new FailingListener();
		}

	}

	@Order(2)
	static class FailingListener implements ApplicationListener<PayloadApplicationEvent<?>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<?> event) {
			throw new IllegalStateException("plain and simple");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyConfiguration {

		@Bean
		@Lazy
		LazyListener lazyListener() {
			return new LazyListener();
		}

	}

	static class LazyListener implements ApplicationListener<PayloadApplicationEvent<MemberPayloadChangedEvent>> {

		private final List<MemberPayloadChangedEvent> received = new CopyOnWriteArrayList<>();

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<MemberPayloadChangedEvent> event) {
			this.received.add(event.getPayload());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private final AtomicInteger servers = new AtomicInteger();

		@EventListener
		void on(WebServerInitializedEvent event) {
			this.servers.incrementAndGet();
		}

	}

}

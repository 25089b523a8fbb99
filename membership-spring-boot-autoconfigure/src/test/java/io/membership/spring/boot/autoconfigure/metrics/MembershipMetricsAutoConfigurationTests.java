package io.membership.spring.boot.autoconfigure.metrics;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.MembershipObserver.MessageType;
import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;
import io.membership.spring.boot.autoconfigure.TestMesh;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link MembershipMetricsAutoConfiguration} and {@link MembershipMetrics}.
 */
class MembershipMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class,
				MembershipMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties());

	@Test
	void everyMeterIsThereAtZeroFromTheStart() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		try (Membership membership = TestMesh.builder().build()) {
			new MembershipMetrics(() -> membership).bindTo(registry);
			assertThat(registry.getMeters().stream().map(MembershipMetricsAutoConfigurationTests::text))
				.containsExactlyInAnyOrderElementsOf(expectedMeters());
			Set<String> notZero = Set.of("membership.members", "membership.incarnation",
					"membership.health.multiplier");
			for (Meter meter : registry.getMeters()) {
				if (!notZero.contains(meter.getId().getName())) {
					assertThat(meter.measure()).as(text(meter)).extracting(Measurement::getValue).containsOnly(0.0);
				}
			}
		}
	}

	/** Neither a meter that is not documented nor one that is not there. */
	@Test
	void theUserGuideListsExactlyTheMetersThatAreRegistered() throws IOException {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		try (Membership membership = TestMesh.builder().build()) {
			new MembershipMetrics(() -> membership).bindTo(registry);
			Set<String> rows = registry.getMeters()
				.stream()
				.map(MembershipMetricsAutoConfigurationTests::row)
				.collect(Collectors.toSet());
			assertThat(guide().takeWhile((line) -> !line.equals("## Health"))
				.filter((line) -> line.startsWith("| `membership."))
				.map((line) -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1)))
				.containsExactlyInAnyOrderElementsOf(rows);
		}
	}

	/** Returns the row of a meter without its last column. */
	private static String row(Meter meter) {
		String tags = meter.getId()
			.getTags()
			.stream()
			.map((tag) -> "`" + tag.getKey() + "`")
			.sorted()
			.collect(Collectors.joining(", "));
		return "| `" + meter.getId().getName() + "` | " + meter.getId().getType().name().toLowerCase(Locale.ROOT)
				+ " | " + (tags.isEmpty() ? "" : tags + " ") + "|";
	}

	@Test
	void theUserGuideListsEveryValueOfATag() throws IOException {
		String guide = guide().collect(Collectors.joining("\n"));
		assertThat(DropReason.values())
			.allSatisfy((reason) -> assertThat(guide).contains("| `" + reason.displayName() + "` |"));
		assertThat(MemberStatus.values())
			.allSatisfy((status) -> assertThat(guide).contains("`" + status.displayName() + "`"));
		assertThat(MessageType.values()).allSatisfy((type) -> assertThat(guide)
			.contains("`" + type.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`"));
	}

	private static Stream<String> guide() throws IOException {
		return Files.readString(Path.of("..", "docs", "metrics.md")).lines();
	}

	private static List<String> expectedMeters() {
		List<String> meters = new ArrayList<>(List.of("membership.bytes{direction=received}",
				"membership.bytes{direction=sent}", "membership.events.backlog{}", "membership.events.coalesced{}",
				"membership.health.multiplier{}", "membership.incarnation{}", "membership.pause{}",
				"membership.listener.errors{}", "membership.protocol.errors{}", "membership.seed.errors{}",
				"membership.rumors.pending{}", "membership.tombstones{}", "membership.probe{outcome=direct}",
				"membership.probe{outcome=indirect}", "membership.probe{outcome=failed}"));
		for (MemberStatus to : MemberStatus.values()) {
			meters.add("membership.members{status=" + to + "}");
			meters.add("membership.status.changes{from=none,to=" + to + "}");
			for (MemberStatus from : MemberStatus.values()) {
				if (from != to) {
					meters.add("membership.status.changes{from=" + from + ",to=" + to + "}");
				}
			}
		}
		for (MessageType type : MessageType.values()) {
			String name = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
			meters.add("membership.messages{direction=sent,type=" + name + "}");
			meters.add("membership.messages{direction=received,type=" + name + "}");
		}
		for (DropReason reason : DropReason.values()) {
			meters.add("membership.datagrams.dropped{reason=" + reason + "}");
		}
		return meters;
	}

	private static String text(Meter meter) {
		return meter.getId()
			.getTags()
			.stream()
			.map((Tag tag) -> tag.getKey() + "=" + tag.getValue())
			.sorted()
			.collect(Collectors.joining(",", meter.getId().getName() + "{", "}"));
	}

	@Test
	void countsWhatTheNodeDoes() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			this.contextRunner.withPropertyValues("membership.seeds=" + peer.myself().uri()).run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				await().until(() -> registry.get("membership.probe").tag("outcome", "direct").timer().count() > 0);
				assertThat(gauge(registry, "membership.members", "status", "alive")).isEqualTo(2);
				assertThat(gauge(registry, "membership.members", "status", "dead")).isZero();
				assertThat(gauge(registry, "membership.incarnation"))
					.isEqualTo((double) context.getBean(Membership.class).myself().incarnation());
				assertThat(
						registry.get("membership.status.changes").tags("from", "none", "to", "alive").counter().count())
					.isEqualTo(2);
				assertThat(
						registry.get("membership.messages").tags("type", "ping", "direction", "sent").counter().count())
					.isPositive();
				assertThat(registry.get("membership.messages")
					.tags("type", "ack", "direction", "received")
					.counter()
					.count()).isPositive();
				assertThat(registry.get("membership.bytes").tag("direction", "sent").counter().count())
					.isGreaterThan(50);
				assertThat(registry.get("membership.bytes").tag("direction", "received").counter().count())
					.isGreaterThan(50);
				peer.crash();
				await().until(() -> gauge(registry, "membership.members", "status", "dead") == 1);
				assertThat(registry.get("membership.status.changes")
					.tags("from", "suspect", "to", "dead")
					.counter()
					.count()).isEqualTo(1);
				assertThat(registry.get("membership.probe").tag("outcome", "failed").timer().count()).isPositive();
			});
		}
	}

	@Test
	void countsWhatIsDroppedAndWhoThrows() {
		this.contextRunner.withBean(Failing.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Membership membership = context.getBean(Membership.class);
			try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
				socket.send(new DatagramPacket(new byte[] { (byte) 0xc1 }, 1,
						Objects.requireNonNull(membership.state().boundAddress())));
			}
			await().until(() -> registry.get("membership.datagrams.dropped")
				.counters()
				.stream()
				.mapToDouble((counter) -> counter.count())
				.sum() == 1);
			await().until(() -> registry.get("membership.listener.errors").counter().count() == 1);
		});
	}

	@Test
	void survivesARestart() {
		this.contextRunner.run((context) -> {
			ConfigurableApplicationContext source = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			source.stop();
			assertThat(gauge(context.getBean(MeterRegistry.class), "membership.members", "status", "left"))
				.isEqualTo(1);
			source.start();
			assertThat(gauge(context.getBean(MeterRegistry.class), "membership.incarnation")).isGreaterThanOrEqualTo(2);
			assertThat(context.getBean(MeterRegistry.class)
				.get("membership.status.changes")
				.tags("from", "none", "to", "alive")
				.counter()
				.count()).isEqualTo(2);
		});
	}

	@Test
	void countsInEveryRegistry() {
		this.contextRunner.withBean("first", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("second", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context.getBeansOfType(SimpleMeterRegistry.class).values()).hasSize(2)
				.allSatisfy((registry) -> assertThat(
						registry.get("membership.status.changes").tags("from", "none", "to", "alive").counter().count())
					.isEqualTo(1)));
	}

	@Test
	void whenThereIsNoRegistryBacksOff() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(MembershipAutoConfiguration.class, MembershipMetricsAutoConfiguration.class))
			.withPropertyValues(TestMesh.properties())
			.run((context) -> assertThat(context).hasSingleBean(Membership.class)
				.doesNotHaveBean(MembershipMetrics.class));
	}

	@Test
	void withoutMicrometerBacksOff() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(MembershipAutoConfiguration.class, MembershipMetricsAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.withPropertyValues(TestMesh.properties())
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Membership.class)
				.doesNotHaveBean("membershipMetrics"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void everyNameIsOnThePrometheusEndpoint(CapturedOutput output) {
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.SERVLET)
			.properties(TestMesh.properties("server.port=0", "management.endpoints.web.exposure.include=prometheus",
					"logging.level.org.springframework.context=warn"))
			.run()) {
			String text = scrape(application);
			assertThat(text).contains("membership_members{status=\"alive\"} 1.0",
					"membership_members{status=\"non-decryptable\"} 0.0",
					"membership_status_changes_total{from=\"none\",to=\"alive\"} 1.0",
					"membership_status_changes_total{from=\"suspect\",to=\"dead\"} 0.0",
					"membership_messages_total{direction=\"received\",type=\"leave\"} 0.0",
					"membership_bytes_total{direction=\"sent\"}",
					"membership_datagrams_dropped_total{reason=\"undecryptable\"} 0.0",
					"membership_probe_seconds_count{outcome=\"indirect\"} 0",
					"membership_probe_seconds_sum{outcome=\"failed\"}", "membership_rumors_pending ",
					"membership_incarnation ", "membership_tombstones 0.0", "membership_events_backlog 0.0",
					"membership_events_coalesced_total 0.0", "membership_listener_errors_total 0.0",
					"membership_protocol_errors_total 0.0", "membership_seed_errors_total 0.0");
			assertThat(Stream.of(text.split("\n")).filter((line) -> line.startsWith("membership_")))
				.noneMatch((line) -> line.endsWith("NaN"));
			assertThat(output).doesNotContain("is not eligible for getting processed by all BeanPostProcessors");
		}
	}

	private static String scrape(ConfigurableApplicationContext application) {
		String port = application.getEnvironment().getProperty("local.server.port");
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + port)
			.build()
			.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private static double gauge(MeterRegistry registry, String name, String... tags) {
		return registry.get(name).tags(tags).gauge().value();
	}

	static class Failing {

		@EventListener
		void fail(MembershipEvent event) {
			throw new IllegalStateException("on purpose");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

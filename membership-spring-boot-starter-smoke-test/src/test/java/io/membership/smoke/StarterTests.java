package io.membership.smoke;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.Membership;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the starter in an application that has nothing but the starter.
 */
class StarterTests {

	/** What the starter brings, and no more. Itself it is empty. */
	private static final Set<String> STARTER = Set.of("membership-core", "membership-spring-boot-autoconfigure",
			"msgpack-core", "spring-boot-starter", "spring-boot", "spring-boot-autoconfigure",
			"spring-boot-starter-logging", "logback-classic", "logback-core", "log4j-to-slf4j", "log4j-api",
			"jul-to-slf4j", "slf4j-api", "spring-aop", "spring-beans", "spring-context", "spring-core",
			"spring-expression", "commons-logging", "micrometer-commons", "micrometer-observation",
			"jakarta.annotation-api", "jspecify", "snakeyaml");

	/** What this test brings, and the empty jar. */
	private static final Set<String> IGNORED = Set.of("membership-spring-boot-starter",
			"membership-spring-boot-starter-smoke-test", "assertj-core", "byte-buddy", "awaitility", "hamcrest",
			"junit-jupiter", "junit-jupiter-api", "junit-jupiter-params", "junit-jupiter-engine",
			"junit-platform-commons", "junit-platform-engine", "junit-platform-launcher", "opentest4j",
			"apiguardian-api");

	@Test
	void bringsNothingButItselfAndTheBasicStarter() {
		Set<String> artifacts = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(StarterTests::artifact)
			.filter((artifact) -> !artifact.startsWith("surefire-") && !IGNORED.contains(artifact))
			.collect(Collectors.toSet());
		assertThat(artifacts).containsExactlyInAnyOrderElementsOf(STARTER);
	}

	private static String artifact(String path) {
		File file = new File(path);
		if (file.getName().equals("classes") || file.getName().equals("test-classes")) {
			return file.getParentFile().getParentFile().getName();
		}
		return file.getName().replaceFirst("-\\d[\\w.-]*\\.jar$", "");
	}

	@Test
	void bringsNeitherWebNorActuatorNorMetricsNorJackson() {
		for (String absent : List.of("org.springframework.boot.actuate.endpoint.annotation.Endpoint",
				"org.springframework.boot.health.contributor.HealthIndicator",
				"org.springframework.boot.web.server.WebServer",
				"org.springframework.web.context.WebApplicationContext", "jakarta.servlet.Servlet",
				"io.micrometer.core.instrument.MeterRegistry", "tools.jackson.databind.json.JsonMapper")) {
			assertThat(isPresent(absent)).as(absent).isFalse();
		}
		assertThat(isPresent("io.membership.Membership")).isTrue();
	}

	private static boolean isPresent(String type) {
		try {
			Class.forName(type, false, StarterTests.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	@Test
	void twoApplicationsSeeEachOther() {
		try (ConfigurableApplicationContext first = start();
				ConfigurableApplicationContext second = start("--membership.seeds=127.0.0.1:"
						+ first.getEnvironment().getProperty("local.membership.port"))) {
			awaitAlive(first, second);
			awaitAlive(second, first);
			await().until(() -> first.getBean(Application.class).alive.contains(uri(second)));
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		String[] all = Stream
			.concat(Stream.of("--membership.address=127.0.0.1", "--membership.port=0"), Stream.of(arguments))
			.toArray(String[]::new);
		return application.run(all);
	}

	private static void awaitAlive(ConfigurableApplicationContext observer, ConfigurableApplicationContext observed) {
		await().until(() -> observer.getBean(Membership.class)
			.members()
			.values()
			.stream()
			.anyMatch((member) -> member.uri().toString().equals(uri(observed))
					&& member.status() == MemberStatus.ALIVE));
	}

	private static String uri(ConfigurableApplicationContext context) {
		return context.getBean(Membership.class).myself().uri().toString();
	}

	@EnableAutoConfiguration
	static class Application {

		private final List<String> alive = new CopyOnWriteArrayList<>();

		@EventListener
		void on(MemberStatusChangedEvent event) {
			if (event.status() == MemberStatus.ALIVE) {
				this.alive.add(event.member().uri().toString());
			}
		}

	}

}

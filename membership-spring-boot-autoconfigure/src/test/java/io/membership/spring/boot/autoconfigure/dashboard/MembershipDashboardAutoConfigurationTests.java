package io.membership.spring.boot.autoconfigure.dashboard;

import java.util.List;

import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;
import io.membership.spring.boot.autoconfigure.MembershipHistoryAutoConfiguration;
import io.membership.spring.boot.autoconfigure.MembershipLifecycle;
import io.membership.spring.boot.autoconfigure.TestMesh;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MembershipDashboardAutoConfiguration}.
 */
class MembershipDashboardAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(MembershipAutoConfiguration.class,
			MembershipHistoryAutoConfiguration.class, MembershipDashboardAutoConfiguration.class);

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues(TestMesh.properties());

	@Test
	void isNotThereUnlessEnabled() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(DashboardFeed.class)
			.doesNotHaveBean(SimpleUrlHandlerMapping.class));
	}

	@Test
	void isThereIfEnabled() {
		this.contextRunner.withPropertyValues("membership.dashboard.enabled=true").run((context) -> {
			assertThat(context).hasSingleBean(DashboardFeed.class);
			assertThat(context.getBean(DashboardFeed.class).isRunning()).isTrue();
			assertThat(context.getBean(SimpleUrlHandlerMapping.class).getUrlMap()).containsKeys("/membership",
					"/membership/", "/membership/events");
		});
	}

	@Test
	void endsPagesAfterTheNodeHasLeftAndBeforeTheWebServerWaitsForThem() {
		this.contextRunner.withPropertyValues("membership.dashboard.enabled=true").run((context) -> {
			int phase = context.getBean(DashboardFeed.class).getPhase();
			assertThat(phase).isLessThan(context.getBean(MembershipLifecycle.class).getPhase())
				.isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
		});
	}

	@Test
	void withoutMembershipIsNotThere() {
		this.contextRunner.withPropertyValues("membership.dashboard.enabled=true", "membership.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DashboardFeed.class));
	}

	@Test
	void withoutWebIsNotThere() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(TestMesh.properties("membership.dashboard.enabled=true"))
			.withClassLoader(new FilteredClassLoader("jakarta.servlet", "org.springframework.web"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DashboardFeed.class));
	}

	@Test
	void inAReactiveApplicationIsNotThere() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(TestMesh.properties("membership.dashboard.enabled=true"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DashboardFeed.class));
	}

	@Test
	void nativeImagesContainTheFiles() {
		RuntimeHints hints = new RuntimeHints();
		new DashboardAsset.Hints().registerHints(hints, null);
		String folder = DashboardAsset.class.getPackageName().replace('.', '/');
		assertThat(List.of("dashboard.html", "dashboard.css", "dashboard.js"))
			.allSatisfy((file) -> assertThat(RuntimeHintsPredicates.resource().forResource(folder + "/" + file))
				.accepts(hints));
	}

}

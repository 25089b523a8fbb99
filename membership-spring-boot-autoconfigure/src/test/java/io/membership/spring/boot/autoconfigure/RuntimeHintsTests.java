package io.membership.spring.boot.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

import io.membership.MembershipOptions;
import io.membership.spring.boot.actuate.endpoint.MembershipEndpoint;
import io.membership.spring.boot.actuate.endpoint.MembershipHistoryEndpoint;
import io.membership.spring.boot.actuate.endpoint.MembershipKeysEndpoint;
import io.membership.spring.boot.autoconfigure.dashboard.MembershipDashboardAutoConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a native image is told when an application with everything in it is
 * processed ahead of time.
 */
class RuntimeHintsTests {

	private static final RuntimeHints hints = new RuntimeHints();

	@BeforeAll
	static void processAheadOfTime() {
		AnnotationConfigServletWebApplicationContext context = new AnnotationConfigServletWebApplicationContext();
		context.register(Application.class);
		TestPropertyValues
			.of("management.endpoints.web.exposure.include=*", "management.endpoint.membershipkeys.access=UNRESTRICTED",
					"membership.dashboard.enabled=true")
			.applyTo(context);
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		new ApplicationContextAotGenerator().processAheadOfTime(context, new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("com.example", "Application")), files, hints));
	}

	@ParameterizedTest
	@ValueSource(classes = { MembershipEndpoint.class, MembershipHistoryEndpoint.class, MembershipKeysEndpoint.class })
	void answersOfEndpointsCanBeWritten(Class<?> endpoint) {
		List<Class<?>> answers = Arrays.stream(endpoint.getDeclaredClasses()).filter(Class::isRecord).toList();
		assertThat(answers).isNotEmpty();
		answers.forEach(RuntimeHintsTests::assertCanBeWritten);
	}

	@Test
	void optionsInAnAnswerCanBeWritten() {
		assertCanBeWritten(MembershipOptions.class);
	}

	private static void assertCanBeWritten(Class<?> answer) {
		for (RecordComponent component : answer.getRecordComponents()) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()))
				.as(answer.getSimpleName() + "." + component.getName())
				.accepts(hints);
		}
	}

	@Test
	void propertiesCanBeBound() {
		for (Class<?> type : List.of(MembershipProperties.class, MembershipProtocolProperties.class,
				MembershipAdvertiseProperties.class, MembershipEncryptionProperties.class,
				MembershipExtensionProperties.class)) {
			Arrays.stream(type.getDeclaredMethods())
				.filter((method) -> method.getName().startsWith("set"))
				.forEach((setter) -> assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(setter))
					.as(setter.toString())
					.accepts(hints));
		}
	}

	@Test
	void servicesCanBeLookedUp() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of(ServiceRecordsRuntimeHints.FACTORY))
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS)).accepts(hints);
	}

	@Test
	void thePageIsContained() {
		String directory = MembershipDashboardAutoConfiguration.class.getPackageName().replace('.', '/');
		for (String file : List.of("dashboard.html", "dashboard.css", "dashboard.js")) {
			assertThat(RuntimeHintsPredicates.resource().forResource(directory + "/" + file)).accepts(hints);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ EndpointAutoConfiguration.class, MembershipAutoConfiguration.class,
			MembershipEndpointAutoConfiguration.class, MembershipHistoryAutoConfiguration.class,
			MembershipHistoryEndpointAutoConfiguration.class, MembershipKeysEndpointAutoConfiguration.class,
			MembershipDashboardAutoConfiguration.class })
	static class Application {

	}

}

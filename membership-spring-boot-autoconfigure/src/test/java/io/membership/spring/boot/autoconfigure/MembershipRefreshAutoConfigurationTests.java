package io.membership.spring.boot.autoconfigure;

import java.util.Map;
import java.util.Set;

import io.membership.EncryptionKey;
import io.membership.Membership;
import io.membership.MembershipCipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MembershipRefreshAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MembershipRefreshAutoConfigurationTests {

	private static final String KEYS = "membership.encryption.keys";

	private static final String OLD = "base64:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

	private static final String NEW = "base64:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(MembershipAutoConfiguration.class, MembershipRefreshAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties(KEYS + "=" + OLD));

	@Test
	void changedKeysAreUsed() {
		this.contextRunner.run((context) -> {
			change(context, Map.of(KEYS, NEW + "," + OLD, "membership.encryption.accept", "aes-256-cbc"), KEYS);
			Membership membership = context.getBean(Membership.class);
			assertThat(membership.encryption().keys()).containsExactly(EncryptionKey.of(NEW), EncryptionKey.of(OLD));
			assertThat(membership.encryption().accepted()).contains(MembershipCipher.AES_256_CBC);
		});
	}

	@Test
	void keysThatMakeNoSenseChangeNothing(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			change(context, Map.of(KEYS, "base64:AAAA"), KEYS);
			assertThat(context.getBean(Membership.class).encryption().keys()).containsExactly(EncryptionKey.of(OLD));
			assertThat(output).contains("Encryption stays as it is", KEYS).doesNotContain("base64:AAAA");
		});
	}

	@Test
	void otherPropertiesChangeNothing(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			change(context, Map.of(KEYS, NEW), "membership.seeds");
			assertThat(context.getBean(Membership.class).encryption().keys()).containsExactly(EncryptionKey.of(OLD));
			assertThat(output).doesNotContain("Encryption changed");
		});
	}

	@Test
	void withoutSpringCloudThereIsNothing() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(EnvironmentChangeEvent.class))
			.run((context) -> assertThat(context).hasSingleBean(Membership.class)
				.doesNotHaveBean("membershipEncryptionRefresher"));
	}

	private static void change(AssertableApplicationContext context, Map<String, Object> properties, String told) {
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("changed", properties));
		context.publishEvent(new EnvironmentChangeEvent(context, Set.of(told)));
	}

}

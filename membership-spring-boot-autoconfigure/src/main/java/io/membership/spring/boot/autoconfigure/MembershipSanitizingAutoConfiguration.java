package io.membership.spring.boot.autoconfigure;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that keeps the encryption key out of
 * endpoints.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
@ConditionalOnBooleanProperty(name = "membership.enabled", matchIfMissing = true)
public final class MembershipSanitizingAutoConfiguration {

	@Bean
	EncryptionKeySanitizingFunction membershipEncryptionKeySanitizingFunction() {
		return new EncryptionKeySanitizingFunction();
	}

}

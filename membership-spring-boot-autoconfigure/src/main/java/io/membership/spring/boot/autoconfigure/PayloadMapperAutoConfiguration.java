package io.membership.spring.boot.autoconfigure;

import io.membership.Membership;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link PayloadMapper}.
 */
@AutoConfiguration(after = MembershipAutoConfiguration.class,
		afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnBean(Membership.class)
@ConditionalOnSingleCandidate(JsonMapper.class)
public final class PayloadMapperAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PayloadMapper payloadMapper(Membership membership, JsonMapper jsonMapper) {
		return new PayloadMapper(membership, jsonMapper);
	}

}

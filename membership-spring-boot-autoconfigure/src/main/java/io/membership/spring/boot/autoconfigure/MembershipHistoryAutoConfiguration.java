package io.membership.spring.boot.autoconfigure;

import java.time.Clock;

import io.membership.Membership;
import io.membership.spring.boot.history.MembershipHistory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link MembershipHistory}.
 */
@AutoConfiguration(after = MembershipAutoConfiguration.class)
@ConditionalOnBean(Membership.class)
@EnableConfigurationProperties(MembershipHistoryProperties.class)
public final class MembershipHistoryAutoConfiguration {

	/** Not lazy, so that it misses nothing that happens before somebody asks. */
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	MembershipHistory membershipHistory(Membership membership, MembershipHistoryProperties properties) {
		int size = properties.getSize();
		if (size < 1) {
			throw new InvalidMembershipPropertyException("membership.history.size", String.valueOf(size),
					"At least 1 change must be remembered",
					"Use a number from 1, or remove the property for the default.");
		}
		MembershipHistory history = new MembershipHistory(size, Clock.systemUTC());
		membership.subscribe(history);
		return history;
	}

}

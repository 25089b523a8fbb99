package io.membership.spring.boot.autoconfigure.metrics;

import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link MembershipMetrics}.
 */
@AutoConfiguration(after = MembershipAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ Membership.class, MeterRegistry.class })
public final class MembershipMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MembershipMetrics membershipMetrics(ObjectProvider<Membership> membership) {
		return new MembershipMetrics(membership::getObject);
	}

}

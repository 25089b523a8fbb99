package io.membership.spring.boot.autoconfigure.discovery;

import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipProperties;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link MembershipServiceRegistry}.
 * <p>
 * Spring Cloud's own beans expect one registry in an application. Where there is another
 * one, because an application moves from one to the other, that one is taken: ours are
 * fallbacks.
 */
@AutoConfiguration(after = MembershipDiscoveryAutoConfiguration.class,
		beforeName = "org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration")
@ConditionalOnClass(ServiceRegistry.class)
@ConditionalOnBean(ServiceIndex.class)
public final class MembershipServiceRegistryAutoConfiguration {

	@Bean
	LocalService membershipLocalService(MembershipDiscoveryProperties properties, Environment environment) {
		return new LocalService(properties, environment);
	}

	@Bean
	@Fallback
	@ConditionalOnMissingBean
	MembershipRegistration membershipRegistration(Membership membership, LocalService service) {
		return new MembershipRegistration(membership, service);
	}

	@Bean
	@Fallback
	@ConditionalOnMissingBean
	MembershipServiceRegistry membershipServiceRegistry(Membership membership, LocalService service) {
		return new MembershipServiceRegistry(membership, service);
	}

	@Bean
	@Fallback
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "spring.cloud.service-registry.auto-registration.enabled",
			matchIfMissing = true)
	@ConditionalOnBooleanProperty(name = MembershipDiscoveryProperties.PREFIX + ".register", matchIfMissing = true)
	MembershipAutoServiceRegistration membershipAutoServiceRegistration(MembershipServiceRegistry registry,
			MembershipRegistration registration, ApplicationContext context,
			MembershipProperties membershipProperties) {
		return new MembershipAutoServiceRegistration(registry, registration, context,
				membershipProperties.getLifecycle().getPhase());
	}

}

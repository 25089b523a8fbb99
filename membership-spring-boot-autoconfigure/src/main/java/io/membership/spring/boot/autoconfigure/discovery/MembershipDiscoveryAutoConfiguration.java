package io.membership.spring.boot.autoconfigure.discovery;

import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;
import io.membership.spring.boot.autoconfigure.MembershipProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what Spring Cloud has to know of
 * the services in the mesh.
 */
@AutoConfiguration(after = MembershipAutoConfiguration.class)
@ConditionalOnClass(DiscoveryClient.class)
@ConditionalOnBean(Membership.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnBooleanProperty(name = MembershipDiscoveryProperties.PREFIX + ".enabled", matchIfMissing = true)
@EnableConfigurationProperties({ MembershipDiscoveryProperties.class, MembershipProperties.class })
public final class MembershipDiscoveryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServiceIndex membershipServiceIndex() {
		return new ServiceIndex();
	}

	@Bean
	@ConditionalOnMissingBean
	ServiceIndexUpdater membershipServiceIndexUpdater(Membership membership, ServiceIndex index,
			MembershipDiscoveryProperties properties, MembershipProperties membershipProperties,
			ObjectProvider<ServiceChangeListener> listeners) {
		return new ServiceIndexUpdater(membership, index, properties.isIncludeSuspects(),
				membershipProperties.getLifecycle().getPhase(), listeners.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	HeartbeatPublisher membershipHeartbeatPublisher(ApplicationEventPublisher publisher) {
		return new HeartbeatPublisher(publisher);
	}

}

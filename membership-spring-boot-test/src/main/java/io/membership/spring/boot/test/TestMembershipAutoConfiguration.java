package io.membership.spring.boot.test;

import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;
import io.membership.spring.boot.autoconfigure.MembershipProperties;
import io.membership.test.VirtualHost;
import io.membership.test.VirtualNetwork;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for a mesh in memory.
 *
 * @see AutoConfigureTestMembership
 */
@AutoConfiguration(before = MembershipAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "membership.enabled", matchIfMissing = true)
public final class TestMembershipAutoConfiguration {

	/** Any number does; what follows from it shall always be the same. */
	private static final long SEED = 3301;

	@Bean
	@ConditionalOnMissingBean
	VirtualNetwork testMembershipNetwork() {
		return new VirtualNetwork(SEED);
	}

	@Bean
	@ConditionalOnMissingBean
	VirtualHost testMembershipHost(VirtualNetwork network, MembershipProperties properties) {
		String host = properties.getAdvertise().getHost();
		return network.host((host != null && !host.isBlank()) ? host : TestMesh.APPLICATION);
	}

	@Bean
	@ConditionalOnMissingBean
	TestMesh testMesh(VirtualNetwork network, VirtualHost host, Membership membership,
			MembershipProperties properties) {
		return new TestMesh(network, host, membership, properties.getClusterName());
	}

}

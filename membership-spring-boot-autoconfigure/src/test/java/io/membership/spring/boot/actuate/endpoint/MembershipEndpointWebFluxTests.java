package io.membership.spring.boot.actuate.endpoint;

import org.springframework.boot.WebApplicationType;

/**
 * Tests for {@link MembershipEndpoint} on WebFlux.
 */
class MembershipEndpointWebFluxTests extends AbstractMembershipEndpointHttpTests {

	MembershipEndpointWebFluxTests() {
		super(WebApplicationType.REACTIVE);
	}

}

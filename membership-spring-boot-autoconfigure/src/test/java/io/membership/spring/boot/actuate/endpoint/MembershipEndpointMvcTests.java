package io.membership.spring.boot.actuate.endpoint;

import org.springframework.boot.WebApplicationType;

/**
 * Tests for {@link MembershipEndpoint} on Spring MVC.
 */
class MembershipEndpointMvcTests extends AbstractMembershipEndpointHttpTests {

	MembershipEndpointMvcTests() {
		super(WebApplicationType.SERVLET);
	}

}

package io.membership.spring.boot.autoconfigure;

import java.util.List;

import io.membership.MemberUri;

/**
 * Adapts {@link MembershipProperties} to {@link MembershipConnectionDetails}.
 */
final class PropertiesMembershipConnectionDetails implements MembershipConnectionDetails {

	private final List<MemberUri> seeds;

	PropertiesMembershipConnectionDetails(MembershipProperties properties) {
		this.seeds = MemberUriProperties.parse("membership.seeds", properties.getSeeds());
	}

	@Override
	public List<MemberUri> getSeeds() {
		return this.seeds;
	}

}

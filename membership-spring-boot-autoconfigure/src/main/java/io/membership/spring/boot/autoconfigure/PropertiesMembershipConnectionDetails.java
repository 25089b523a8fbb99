package io.membership.spring.boot.autoconfigure;

import java.util.List;

import io.membership.Seed;

/**
 * Adapts {@link MembershipProperties} to {@link MembershipConnectionDetails}.
 */
final class PropertiesMembershipConnectionDetails implements MembershipConnectionDetails {

	private final List<Seed> seeds;

	PropertiesMembershipConnectionDetails(MembershipProperties properties) {
		this.seeds = SeedProperties.parse("membership.seeds", properties.getSeeds());
	}

	@Override
	public List<Seed> getSeeds() {
		return this.seeds;
	}

}

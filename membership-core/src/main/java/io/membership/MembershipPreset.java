package io.membership;

import java.time.Duration;

/**
 * Options that suit a kind of network. Single options can be changed on top of a preset.
 */
public enum MembershipPreset {

	/**
	 * One data center: the reference's figures. Round trips of a few milliseconds, deaths
	 * known within seconds.
	 */
	LAN(MembershipOptions.DEFAULTS),

	/**
	 * Several data centers, or networks that lose datagrams: longer periods, round trips
	 * up to a second, and more time for suspects the larger the mesh (after the wide area
	 * settings of memberlist).
	 */
	WAN(MembershipOptions.DEFAULTS.toBuilder()
		.protocolPeriod(Duration.ofSeconds(3))
		.ackTimeout(Duration.ofSeconds(1))
		.antiEntropyPeriod(Duration.ofSeconds(30))
		.suspectTimeout(Duration.ofSeconds(12))
		.suspicionScaling(true)
		.refusedTimeout(Duration.ofSeconds(2))
		.gossipPeriod(Duration.ofMillis(500))
		.build()),

	/** One host, for development: everything twice as fast. */
	LOCAL(MembershipOptions.DEFAULTS.toBuilder()
		.protocolPeriod(Duration.ofMillis(500))
		.ackTimeout(Duration.ofMillis(100))
		.antiEntropyPeriod(Duration.ofSeconds(5))
		.suspectTimeout(Duration.ofMillis(1500))
		.refusedTimeout(Duration.ofMillis(250))
		.gossipPeriod(Duration.ofMillis(100))
		.build());

	/** A record of values, and of a set that it copied. */
	@SuppressWarnings("ImmutableEnumChecker")
	private final MembershipOptions options;

	MembershipPreset(MembershipOptions options) {
		this.options = options;
	}

	/**
	 * Returns the options of this preset.
	 * @return immutable options, with the extensions that are on by default
	 */
	public MembershipOptions options() {
		return this.options;
	}

}

package io.membership.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import io.membership.InvalidOptionException;
import io.membership.InvalidPayloadException;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import io.membership.MembershipObserver;
import io.membership.MembershipOptions;
import io.membership.SeedProvider;
import io.membership.net.Platform;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * Builds a node from properties and customizers, and says which property is to blame when
 * that fails.
 */
final class MembershipFactory {

	private final Platform platform;

	private final MembershipProperties properties;

	private final MembershipConnectionDetails connectionDetails;

	private final ObjectProvider<MembershipOptionsCustomizer> optionsCustomizers;

	private final ObjectProvider<MembershipPayloadCustomizer> payloadCustomizers;

	private final ObjectProvider<SeedProvider> seedProviders;

	MembershipFactory(Platform platform, MembershipProperties properties, MembershipConnectionDetails connectionDetails,
			ObjectProvider<MembershipOptionsCustomizer> optionsCustomizers,
			ObjectProvider<MembershipPayloadCustomizer> payloadCustomizers,
			ObjectProvider<SeedProvider> seedProviders) {
		this.platform = platform;
		this.properties = properties;
		this.connectionDetails = connectionDetails;
		this.optionsCustomizers = optionsCustomizers;
		this.payloadCustomizers = payloadCustomizers;
		this.seedProviders = seedProviders;
	}

	Membership create(MembershipObserver observer) {
		MembershipBuilder builder = Membership.builder().platform(this.platform);
		configureAddress(builder);
		configureBroadcast(builder);
		configure("cluster-name", this.properties.getClusterName(), builder::clusterName,
				"Use the same name on all members of the mesh, or remove the property.");
		builder.encryption(EncryptionFactory.create(this.properties.getEncryption()));
		builder.options(options());
		builder.seeds(this.connectionDetails.getSeeds());
		builder.seedProviders(() -> this.seedProviders.orderedStream().iterator());
		builder.allowedMembers(
				MemberUriProperties.parse("membership.allowed-members", this.properties.getAllowedMembers()));
		builder.allowedNetworks(
				CidrBlockProperties.parse("membership.allowed-networks", this.properties.getAllowedNetworks()));
		builder.snapshotFile(this.properties.getSnapshotFile());
		builder.observer(observer);
		payload().forEach(builder::payload);
		try {
			return builder.build();
		}
		catch (InvalidPayloadException ex) {
			throw invalidPayload(ex);
		}
	}

	private void configureAddress(MembershipBuilder builder) {
		builder.bindAddress(textOrNull(this.properties.getAddress()));
		configure("port", this.properties.getPort(), builder::port,
				"Use a port from 1 to 65535, or 0 for any free port.");
		builder.portAutoIncrement(this.properties.isPortAutoIncrement());
		AdvertisedHost.of(this.properties).configure(builder);
		configure("advertise.port", this.properties.getAdvertise().getPort(), builder::advertisedPort,
				"Use a port from 1 to 65535, or remove the property to advertise the bound port.");
	}

	/** A placeholder with an empty default says that there is no value. */
	private static @Nullable String textOrNull(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

	private void configureBroadcast(MembershipBuilder builder) {
		if (!this.properties.getBroadcast().isEnabled()) {
			return;
		}
		if (broadcastPort(this.properties) == 0) {
			throw new InvalidMembershipPropertyException("membership.broadcast.enabled", "true",
					"Nobody can be greeted on port 0, which stands for any free port",
					"Set 'membership.port' to a port that is the same on all hosts, set 'membership.broadcast.port'"
							+ " to the port of the others, or list members in 'membership.seeds' instead.");
		}
		configure("broadcast.port", broadcastPort(this.properties), builder::broadcastPort,
				"Use a port from 1 to 65535.");
	}

	private MembershipOptions options() {
		MembershipOptions.Builder options = this.properties.getPreset().options().toBuilder();
		PropertyMapper map = PropertyMapper.get();
		map.from(this.properties::getProtocolPeriod).to(options::protocolPeriod);
		map.from(this.properties::getAckTimeout).to(options::ackTimeout);
		map.from(this.properties::getAntiEntropyPeriod).to(options::antiEntropyPeriod);
		map.from(this.properties::getSuspectTimeout).to(options::suspectTimeout);
		map.from(this.properties::getSuspicionEnabled).to(options::suspicionEnabled);
		map.from(this.properties::getIndirectProbes).to(options::indirectProbes);
		map.from(this.properties::getMaxPacketSize)
			.as((size) -> (int) Math.min(size.toBytes(), Integer.MAX_VALUE))
			.to(options::maxPacketSize);
		map.from(this.properties::getSuspicionScaling).to(options::suspicionScaling);
		map.from(this.properties::getRefusedTimeout).to(options::refusedTimeout);
		map.from(this.properties::getGossipPeriod).to(options::gossipPeriod);
		map.from(this.properties::getForgetAfter).to(options::forgetAfter);
		map.from(this.properties::getMaxMembers).to(options::maxMembers);
		map.from(this.properties::getMaxDatagramsPerSource).to(options::maxDatagramsPerSource);
		options.extensions(this.properties.getExtensions().toExtensions());
		this.optionsCustomizers.orderedStream().forEach((customizer) -> customizer.customize(options));
		try {
			return options.build();
		}
		catch (InvalidOptionException ex) {
			throw invalidOption(ex);
		}
	}

	private static InvalidMembershipPropertyException invalidOption(InvalidOptionException ex) {
		String property = MembershipProperties.PREFIX + "." + kebabCase(ex.option());
		return new InvalidMembershipPropertyException(property, text(ex.value()), ex.reason(),
				"Change '" + property + "', or the bean of type MembershipOptionsCustomizer that sets this option.",
				ex);
	}

	private static String kebabCase(String option) {
		return option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	private static String text(@Nullable Object value) {
		return (value instanceof Duration duration) ? DurationStyle.SIMPLE.print(duration) : String.valueOf(value);
	}

	private Map<String, @Nullable Object> payload() {
		Map<String, @Nullable Object> payload = new LinkedHashMap<>(this.properties.getPayload());
		this.payloadCustomizers.orderedStream().forEach((customizer) -> customizer.customize(payload));
		return payload;
	}

	/**
	 * Says that this node's payload cannot be sent.
	 */
	static InvalidMembershipPropertyException invalidPayload(InvalidPayloadException ex) {
		return new InvalidMembershipPropertyException("membership.payload", null, String.valueOf(ex.getMessage()),
				"Shorten 'membership.payload' or what beans of type MembershipPayloadCustomizer add to it,"
						+ " or raise 'membership.max-packet-size' on all members.",
				ex);
	}

	/**
	 * Returns the port that is greeted by broadcast.
	 */
	static int broadcastPort(MembershipProperties properties) {
		MembershipBroadcastProperties broadcast = properties.getBroadcast();
		return (broadcast.getPort() != null) ? broadcast.getPort() : properties.getPort();
	}

	private static <T> void configure(String name, @Nullable T value, Consumer<T> setter, String remedy) {
		if (value == null) {
			return;
		}
		try {
			setter.accept(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidMembershipPropertyException(MembershipProperties.PREFIX + "." + name, value.toString(),
					String.valueOf(ex.getMessage()), remedy, ex);
		}
	}

}

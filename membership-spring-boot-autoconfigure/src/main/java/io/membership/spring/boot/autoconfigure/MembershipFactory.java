package io.membership.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.membership.InvalidPayloadException;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import io.membership.MembershipObserver;
import io.membership.SeedProvider;
import io.membership.net.Platform;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.StringUtils;

/**
 * Builds a node from properties and customizers, and says which property is to blame when
 * that fails.
 */
final class MembershipFactory {

	private final Platform platform;

	private final MembershipProperties properties;

	private final MembershipConnectionDetails connectionDetails;

	private final OptionsFactory optionsFactory;

	private final ObjectProvider<MembershipPayloadCustomizer> payloadCustomizers;

	private final ObjectProvider<SeedProvider> seedProviders;

	MembershipFactory(Platform platform, MembershipProperties properties, MembershipConnectionDetails connectionDetails,
			OptionsFactory optionsFactory, ObjectProvider<MembershipPayloadCustomizer> payloadCustomizers,
			ObjectProvider<SeedProvider> seedProviders) {
		this.platform = platform;
		this.properties = properties;
		this.connectionDetails = connectionDetails;
		this.optionsFactory = optionsFactory;
		this.payloadCustomizers = payloadCustomizers;
		this.seedProviders = seedProviders;
	}

	Membership create(MembershipObserver observer) {
		MembershipBuilder builder = Membership.builder().platform(this.platform);
		configureAddress(builder);
		configureBroadcast(builder);
		configure("cluster-name", this.properties.getClusterName(), (name) -> {
			UnresolvedPlaceholder.check("membership.cluster-name", name);
			builder.clusterName(name);
		}, "Use the same name on all members of the mesh, or remove the property.");
		LiveSettings settings = LiveSettings.of(this.properties, this.optionsFactory);
		builder.encryption(settings.encryption());
		builder.options(settings.options());
		builder.seeds(this.connectionDetails.getSeeds());
		builder.seedProviders(() -> this.seedProviders.orderedStream().iterator());
		builder.allowedMembers(settings.allowedMembers());
		builder.allowedNetworks(settings.allowedNetworks());
		builder.snapshotFile(this.properties.getSnapshotFile());
		builder.observer(observer);
		payload(settings.payload()).forEach(builder::payload);
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

	private Map<String, @Nullable Object> payload(Map<String, String> configured) {
		Map<String, @Nullable Object> payload = new LinkedHashMap<>(configured);
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

package io.membership.spring.boot.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.BiFunction;

import io.membership.MemberUri;
import io.membership.InvalidPayloadException;
import io.membership.Membership;
import io.membership.MembershipCipher;
import io.membership.MembershipState;
import io.membership.NoAdvertisableAddressException;
import io.membership.UnroutableAddressException;
import io.membership.net.Platform;
import io.membership.net.SelfCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * Joins the mesh when the application is about to be ready, and leaves it before the
 * application stops serving. Can be started and stopped any number of times.
 */
public final class MembershipLifecycle implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(MembershipLifecycle.class);

	private final Platform platform;

	private final Membership membership;

	private final @Nullable String address;

	private final @Nullable String advertisedHost;

	private final AdvertisedHost advertised;

	private final int phase;

	private final MembershipConnectionDetails connectionDetails;

	private final MembershipEventPublisher publisher;

	private final ConfigurableEnvironment environment;

	private volatile boolean running;

	/**
	 * Creates a lifecycle.
	 * @param platform the machine that the node runs on
	 * @param membership the node to start and to stop
	 * @param properties the configuration of the node, of which later changes do not
	 * count
	 * @param connectionDetails the members to greet
	 * @param publisher who publishes the events of the node
	 * @param environment where {@code local.membership.port} is found
	 */
	public MembershipLifecycle(Platform platform, Membership membership, MembershipProperties properties,
			MembershipConnectionDetails connectionDetails, MembershipEventPublisher publisher,
			ConfigurableEnvironment environment) {
		this.platform = platform;
		this.membership = membership;
		this.address = properties.getAddress();
		this.advertisedHost = properties.getAdvertise().getHost();
		this.advertised = AdvertisedHost.of(properties);
		this.phase = properties.getLifecycle().getPhase();
		this.connectionDetails = connectionDetails;
		this.publisher = publisher;
		this.environment = environment;
	}

	@Override
	public void start() {
		checkResolves(this.address, MembershipLifecycle::unresolvableAddress);
		checkResolves(this.advertisedHost, UnresolvableAdvertisedHostException::new);
		this.publisher.start();
		try {
			this.membership.start();
		}
		catch (InvalidPayloadException ex) {
			this.publisher.stop();
			throw MembershipFactory.invalidPayload(ex);
		}
		catch (NoAdvertisableAddressException ex) {
			this.publisher.stop();
			throw this.advertised.missing(ex);
		}
		catch (UnroutableAddressException ex) {
			this.publisher.stop();
			throw this.advertised.unroutable(ex);
		}
		catch (RuntimeException ex) {
			this.publisher.stop();
			throw ex;
		}
		this.environment.getPropertySources().addFirst(new LocalMembershipPortPropertySource(this.membership));
		this.running = true;
		logStart(this.membership.state());
	}

	/** Fails if a name does not resolve. A literal address is not looked up. */
	private void checkResolves(@Nullable String host,
			BiFunction<String, UnknownHostException, RuntimeException> failure) {
		if (!StringUtils.hasText(host) || host.indexOf(':') >= 0) {
			return;
		}
		try {
			this.platform.names().allByName(host);
		}
		catch (UnknownHostException ex) {
			throw failure.apply(host, ex);
		}
	}

	private static RuntimeException unresolvableAddress(String address, UnknownHostException cause) {
		return new InvalidMembershipPropertyException("membership.address", address, "The name does not resolve",
				"Set 'membership.address' to an address of this host, or remove it to bind all of them.", cause);
	}

	private void logStart(MembershipState state) {
		InetSocketAddress address = state.boundAddress();
		String bound = (address != null) ? text(address) : "nothing";
		MembershipCipher cipher = this.membership.isEncrypted() ? this.membership.encryption().cipher()
				: MembershipCipher.NONE;
		MemberUri self = this.membership.myself().uri();
		SelfCheck check = new SelfCheck(this.platform);
		List<InetAddress> resolved = check.addresses(self.host());
		logger.info("Joined as member: bound={} advertised={} resolved={} seeds={} cipher={}", bound, self,
				resolved.stream().map(InetAddress::getHostAddress).toList(), this.connectionDetails.getSeeds(), cipher);
		if (!resolved.isEmpty() && resolved.stream().noneMatch(check::isOwn)) {
			logger.warn("No address of this host is among those of {}, at which others are told to reach this node:"
					+ " they do if something forwards UDP port {} to it. If nothing does, correct"
					+ " 'membership.advertise'.", self.host(), self.port());
		}
		if (cipher == MembershipCipher.NONE && address != null && !address.getAddress().isLoopbackAddress()) {
			logger.warn("Datagrams are not encrypted: everybody who reaches {}/udp can read what members say, and"
					+ " speak as one. Set 'membership.encryption.key', or protect the network.", bound);
		}
		if (cipher == MembershipCipher.AES_256_CBC) {
			logger.warn(
					"Datagrams are encrypted with {}, which hides them but does not authenticate them: they can be"
							+ " replayed and altered. Only members of a Tarantool mesh need it; others should set"
							+ " 'membership.encryption.cipher' to {}.",
					MembershipCipher.AES_256_CBC, MembershipCipher.AES_256_GCM);
		}
	}

	private static String text(InetSocketAddress address) {
		return MemberUri.of(address.getAddress().getHostAddress(), address.getPort()).toString();
	}

	@Override
	public void stop() {
		try {
			this.membership.close();
		}
		finally {
			this.publisher.stop();
			this.environment.getPropertySources().remove(LocalMembershipPortPropertySource.NAME);
			this.running = false;
		}
	}

	/**
	 * Stops on another thread: the goodbye is sent at once, but listeners are given up to
	 * 2 s, for which other beans of the same phase need not wait.
	 */
	@Override
	public void stop(Runnable callback) {
		new Thread(() -> {
			try {
				stop();
			}
			catch (RuntimeException ex) {
				logger.warn("Leaving the mesh failed", ex);
			}
			finally {
				callback.run();
			}
		}, "membership-shutdown").start();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	/**
	 * Tests pause their contexts when they change to another one; a member that comes and
	 * goes with them would disturb the rest.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

}

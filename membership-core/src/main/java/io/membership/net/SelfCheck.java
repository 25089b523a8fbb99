package io.membership.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.membership.AddressSeed;
import io.membership.MemberUri;
import io.membership.Seed;
import io.membership.UnroutableAddressException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what an advertised host means: to which addresses it leads, and whether it
 * can be right. Thread-safe. Names are looked up, so it blocks, and must not be used on
 * the protocol's thread.
 */
public final class SelfCheck {

	/** This name is loopback everywhere (RFC 6761 §6.3). */
	private static final String LOCALHOST = "localhost";

	/** How long to wait for name servers before seeds count for nothing. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final int MOST_THREADS = 32;

	private final Platform platform;

	/**
	 * Creates a check.
	 * @param platform the machine
	 */
	public SelfCheck(Platform platform) {
		this.platform = platform;
	}

	/**
	 * Refuses a host that leads others to themselves or nowhere, if there are others.
	 * Whether a name leads somewhere else when others look it up is not known here, so
	 * names are believed, but for {@code localhost}. Seeds are looked up only if the host
	 * is suspicious, and count for nothing if they do not resolve within two seconds.
	 * @param self how the node would be called
	 * @param seeds whom it is going to greet
	 * @throws UnroutableAddressException if members on other hosts could not reach it
	 */
	public void requireReachable(MemberUri self, Collection<? extends Seed> seeds) {
		if (isForOthers(self.host())) {
			return;
		}
		Map<Seed, CompletableFuture<List<InetAddress>>> lookups = new LinkedHashMap<>();
		try (LookupThreads threads = LookupThreads.withoutQueue("membership-self-check", MOST_THREADS)) {
			seeds.forEach((seed) -> lookups.put(seed, lookUp(hostOf(seed), threads)));
			CompletableFuture.allOf(lookups.values().toArray(CompletableFuture<?>[]::new))
				.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
				.join();
		}
		lookups.forEach((seed, addresses) -> {
			if (addresses.getNow(List.of()).stream().anyMatch(this::isElsewhere)) {
				throw new UnroutableAddressException(self, seed);
			}
		});
	}

	private boolean isForOthers(String host) {
		InetAddress address = HostLiteral.address(host);
		if (address != null) {
			return this.platform.isRoutable(address);
		}
		return !host.equalsIgnoreCase(LOCALHOST) || addresses(host).stream().anyMatch(this.platform::isRoutable);
	}

	private static @Nullable String hostOf(Seed seed) {
		if (seed instanceof MemberUri uri) {
			return uri.host();
		}
		return (seed instanceof AddressSeed name) ? name.name() : null;
	}

	private CompletableFuture<List<InetAddress>> lookUp(@Nullable String host, Executor threads) {
		if (host == null || HostLiteral.is(host)) {
			return CompletableFuture.completedFuture((host != null) ? addresses(host) : List.of());
		}
		try {
			return CompletableFuture.supplyAsync(() -> addresses(host), threads).exceptionally((ex) -> List.of());
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.completedFuture(List.of());
		}
	}

	private boolean isElsewhere(InetAddress address) {
		return this.platform.isRoutable(address) && !isOwn(address);
	}

	/**
	 * Returns where a host leads.
	 * @param host a name or an address
	 * @return its addresses, none if it does not resolve
	 */
	public List<InetAddress> addresses(String host) {
		InetAddress literal = HostLiteral.address(host);
		if (literal != null) {
			return List.of(literal);
		}
		try {
			return List.of(this.platform.names().allByName(host));
		}
		catch (UnknownHostException ex) {
			return List.of();
		}
	}

	/**
	 * Tells whether an address is one of this machine.
	 * @param address the address
	 * @return whether it is, or is loopback or unspecified
	 */
	public boolean isOwn(InetAddress address) {
		InetAddress plain = LocalNetworks.withoutScope(address);
		return address.isLoopbackAddress() || address.isAnyLocalAddress()
				|| this.platform.ownAddresses()
					.stream()
					.anyMatch((local) -> LocalNetworks.withoutScope(local.address()).equals(plain));
	}

}

package io.membership.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Hosts that are IP addresses rather than names, so that they need no look-up. */
public final class HostLiteral {

	private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

	private HostLiteral() {
	}

	/**
	 * Tells whether a host is an IP address rather than a name.
	 * @param host the host of a URI
	 * @return whether it needs no look-up
	 */
	public static boolean is(String host) {
		return host.startsWith("[") || IPV4.matcher(host).matches();
	}

	/**
	 * Returns the address that a host is.
	 * @param host the host of a URI
	 * @return the address, or {@code null} if it is a name, or an address in the scope of
	 * an interface that this machine does not have
	 */
	public static @Nullable InetAddress address(String host) {
		if (!is(host)) {
			return null;
		}
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}

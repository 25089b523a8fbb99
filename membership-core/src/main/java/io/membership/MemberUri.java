package io.membership;

import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How a member is called and reached: {@code host:port}, where the host is a name, an
 * IPv4 address or an IPv6 address in brackets. The text is the member's identity on the
 * wire, so there is exactly one spelling for each value: no leading zeros in the port,
 * and names are compared letter by letter, as the reference does.
 * <p>
 * Immutable and thread-safe.
 */
public final class MemberUri implements Seed, Comparable<MemberUri> {

	/** Longest host accepted, the limit for DNS names (RFC 1035 §2.3.4). */
	static final int MAX_HOST_LENGTH = 253;

	private static final Pattern BRACKETED = Pattern
		.compile("\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9._-]+)?\\]");

	/** How many digits the highest port has. */
	private static final int PORT_DIGITS = 5;

	private static final int MALFORMED = -1;

	/** Highest port there is. */
	public static final int MAX_PORT = 65535;

	private final String text;

	private final int hostLength;

	private final int port;

	private MemberUri(String text, int hostLength, int port) {
		this.text = text;
		this.hostLength = hostLength;
		this.port = port;
	}

	/**
	 * Returns the URI of a host and a port.
	 * @param host a name, an IPv4 address, or an IPv6 address with or without brackets
	 * @param port 0 to 65535, where 0 stands for a port that is not known yet
	 * @return the URI
	 * @throws IllegalArgumentException if the host is malformed or the port out of range
	 */
	public static MemberUri of(String host, int port) {
		Objects.requireNonNull(host, "host");
		String wireHost = (host.indexOf(':') >= 0 && !host.startsWith("[")) ? "[" + host + "]" : host;
		if (!isHost(wireHost)) {
			throw new IllegalArgumentException("'" + host + "' is neither a host name nor an IP address");
		}
		return new MemberUri(wireHost + ':' + checkPort(port), wireHost.length(), port);
	}

	/** Returns the port if it is one, or 0. */
	static int checkPort(int port) {
		if (port < 0 || port > MAX_PORT) {
			throw new IllegalArgumentException("Port " + port + " is not in the range 0 to " + MAX_PORT);
		}
		return port;
	}

	/**
	 * Parses {@code host:port}.
	 * @param text for example {@code localhost:3301} or {@code [::1]:3301}
	 * @return the URI
	 * @throws IllegalArgumentException if the text is not of this form
	 */
	public static MemberUri parse(String text) {
		MemberUri uri = tryParse(text);
		if (uri == null) {
			throw new IllegalArgumentException(
					"'" + text + "' is not a member URI: expected host:port with a port from 1 to 65535,"
							+ " IPv6 addresses in brackets");
		}
		return uri;
	}

	/**
	 * Parses {@code host:port}, without an exception for what is not a URI.
	 * @param text any text
	 * @return the URI, or {@code null} if the text is not of this form
	 */
	public static @Nullable MemberUri tryParse(String text) {
		int colon = text.lastIndexOf(':');
		int port = port(text, colon + 1);
		boolean wellFormed = port != MALFORMED && colon >= 0 && isHost(text.substring(0, colon));
		return wellFormed ? new MemberUri(text, colon, port) : null;
	}

	/** Reads digits without leading zeros; by hand, because every rumor names a port. */
	private static int port(String text, int begin) {
		int digits = text.length() - begin;
		if (digits < 1 || digits > PORT_DIGITS || text.charAt(begin) == '0') {
			return MALFORMED;
		}
		int port = 0;
		for (int i = begin; i < text.length(); i++) {
			if (!isDigit(text.charAt(i))) {
				return MALFORMED;
			}
			port = 10 * port + text.charAt(i) - '0';
		}
		return (port <= MAX_PORT) ? port : MALFORMED;
	}

	private static boolean isHost(String host) {
		return host.length() <= MAX_HOST_LENGTH
				&& (host.startsWith("[") ? BRACKETED.matcher(host).matches() : isName(host));
	}

	/**
	 * Tells names and IPv4 addresses: no dot or hyphen begins, and no hyphen ends one.
	 */
	private static boolean isName(String host) {
		for (int i = 0; i < host.length(); i++) {
			char c = host.charAt(i);
			boolean inside = (c == '.' && i > 0) || (c == '-' && i > 0 && i < host.length() - 1);
			if (!inside && !isWord(c)) {
				return false;
			}
		}
		return !host.isEmpty();
	}

	private static boolean isWord(char c) {
		return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	/**
	 * Returns the host as it is written in the URI.
	 * @return a name or an address, IPv6 addresses in brackets
	 */
	public String host() {
		return this.text.substring(0, this.hostLength);
	}

	/**
	 * Returns the UDP port.
	 * @return 1 to 65535, or 0 while the port is not known yet
	 */
	public int port() {
		return this.port;
	}

	@Override
	public int compareTo(MemberUri other) {
		return this.text.compareTo(other.text);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof MemberUri uri && this.text.equals(uri.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	/**
	 * Returns the URI as it is written on the wire.
	 * @return {@code host:port}
	 */
	@Override
	public String toString() {
		return this.text;
	}

}

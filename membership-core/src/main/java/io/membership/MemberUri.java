package io.membership;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
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

	/** Longest text there is, in characters. */
	public static final int MAX_LENGTH = MAX_HOST_LENGTH + 1 + PORT_DIGITS;

	private static final int MALFORMED = -1;

	/** Spreads neighbours (Knuth, multiplicative hashing): 2^32 by the golden ratio. */
	private static final int SPREAD = 0x9E3779B9;

	/** Highest port there is. */
	public static final int MAX_PORT = 65535;

	/**
	 * The text, or {@code null} if the host is an IPv4 address, which says it shorter.
	 */
	private final @Nullable String text;

	private final int ipv4;

	private final int port;

	private MemberUri(@Nullable String text, int ipv4, int port) {
		this.text = text;
		this.ipv4 = ipv4;
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
		byte[] ascii = wireHost.getBytes(StandardCharsets.ISO_8859_1);
		long address = Ipv4.parse(ascii, 0, ascii.length);
		return (address != Ipv4.NONE) ? new MemberUri(null, (int) address, checkPort(port))
				: new MemberUri(wireHost + ':' + checkPort(port), 0, port);
	}

	/**
	 * Returns the URI of an address.
	 * @param address the address and the port
	 * @return the URI
	 * @throws IllegalArgumentException if the address is a name that was not looked up
	 */
	public static MemberUri of(InetSocketAddress address) {
		if (address.isUnresolved()) {
			throw new IllegalArgumentException("Nobody looked up " + address);
		}
		return (address.getAddress() instanceof Inet4Address ipv4)
				// Documented: its four bytes, the first one highest
				? new MemberUri(null, ipv4.hashCode(), address.getPort())
				: of(address.getAddress().getHostAddress(), address.getPort());
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
		byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
		return tryParse(ascii, 0, ascii.length);
	}

	/**
	 * Parses {@code host:port} where it is written.
	 * @param ascii any bytes
	 * @param begin where the text begins
	 * @param end where the text ends, exclusively
	 * @return the URI, or {@code null} if the bytes are not of this form
	 */
	public static @Nullable MemberUri tryParse(byte[] ascii, int begin, int end) {
		int colon = colon(ascii, begin, end);
		int port = port(ascii, colon + 1, end);
		if (colon < begin || port == MALFORMED) {
			return null;
		}
		long address = Ipv4.parse(ascii, begin, colon);
		if (address != Ipv4.NONE) {
			return new MemberUri(null, (int) address, port);
		}
		String text = new String(ascii, begin, end - begin, StandardCharsets.ISO_8859_1);
		return isHost(text.substring(0, colon - begin)) ? new MemberUri(text, 0, port) : null;
	}

	/** Returns where the last colon is, or a place before the text. */
	private static int colon(byte[] ascii, int begin, int end) {
		int colon = end - 1;
		while (colon >= begin && ascii[colon] != ':') {
			colon--;
		}
		return colon;
	}

	/** Reads digits without leading zeros; by hand, because every rumor names a port. */
	private static int port(byte[] ascii, int begin, int end) {
		int digits = end - begin;
		if (digits < 1 || digits > PORT_DIGITS || ascii[begin] == '0') {
			return MALFORMED;
		}
		int port = 0;
		for (int i = begin; i < end; i++) {
			if (!isDigit((char) ascii[i])) {
				return MALFORMED;
			}
			port = 10 * port + ascii[i] - '0';
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
		if (this.text != null) {
			return this.text.substring(0, this.text.lastIndexOf(':'));
		}
		byte[] ascii = new byte[Ipv4.length(this.ipv4)];
		Ipv4.write(this.ipv4, ascii, 0);
		return new String(ascii, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Returns the UDP port.
	 * @return 1 to 65535, or 0 while the port is not known yet
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Returns the address that the host is, if it is one of IPv4.
	 * @return the address, a new object each time, or {@code null} if the host is a name
	 * or an IPv6 address
	 */
	public @Nullable InetAddress ipv4Address() {
		if (this.text != null) {
			return null;
		}
		byte[] address = new byte[Integer.BYTES];
		for (int part = 0; part < address.length; part++) {
			address[part] = (byte) Ipv4.part(this.ipv4, part);
		}
		try {
			return InetAddress.getByAddress(address);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("Four bytes are an address", ex);
		}
	}

	/**
	 * Returns how long the text of this URI is.
	 * @return the number of characters, all of them ASCII
	 */
	public int length() {
		return (this.text != null) ? this.text.length() : Ipv4.length(this.ipv4) + 1 + Digits.count(this.port);
	}

	/**
	 * Writes the text of this URI.
	 * @param target where to write, with room for {@link #length()} bytes
	 * @param begin where to begin
	 * @return where the text ends, exclusively
	 */
	public int writeTo(byte[] target, int begin) {
		if (this.text == null) {
			int colon = Ipv4.write(this.ipv4, target, begin);
			target[colon] = ':';
			return Digits.write(this.port, target, colon + 1);
		}
		for (int i = 0; i < this.text.length(); i++) {
			target[begin + i] = (byte) this.text.charAt(i);
		}
		return begin + this.text.length();
	}

	/**
	 * Tells whether some bytes are the text of this URI.
	 * @param ascii any bytes
	 * @param begin where the text begins
	 * @param end where the text ends, exclusively
	 * @return whether {@link #tryParse(byte[], int, int)} returns an equal URI for them
	 */
	public boolean isWritten(byte[] ascii, int begin, int end) {
		if (this.text == null) {
			int colon = colon(ascii, begin, end);
			return port(ascii, colon + 1, end) == this.port
					&& Ipv4.parse(ascii, begin, colon) == Integer.toUnsignedLong(this.ipv4);
		}
		if (end - begin != this.text.length()) {
			return false;
		}
		for (int i = 0; i < this.text.length(); i++) {
			if (this.text.charAt(i) != ascii[begin + i]) {
				return false;
			}
		}
		return true;
	}

	@Override
	public int compareTo(MemberUri other) {
		return toString().compareTo(other.toString());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof MemberUri uri && this.ipv4 == uri.ipv4 && this.port == uri.port
				&& Objects.equals(this.text, uri.text);
	}

	@Override
	public int hashCode() {
		return (this.text != null) ? this.text.hashCode() : this.ipv4 * SPREAD + this.port;
	}

	/**
	 * Returns the URI as it is written on the wire.
	 * @return {@code host:port}
	 */
	@Override
	public String toString() {
		if (this.text != null) {
			return this.text;
		}
		byte[] ascii = new byte[length()];
		writeTo(ascii, 0);
		return new String(ascii, StandardCharsets.ISO_8859_1);
	}

}

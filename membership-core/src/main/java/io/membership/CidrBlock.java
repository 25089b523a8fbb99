package io.membership;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A network in the notation of CIDR (RFC 4632): all addresses that begin with the same
 * bits. IPv4 addresses that are written as IPv6 ones (RFC 4291 §2.5.5.2) are IPv4
 * addresses here. No name is ever looked up.
 * <p>
 * Immutable and thread-safe.
 */
public final class CidrBlock {

	private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

	private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

	/** How many bits of a mapped IPv6 address come before the IPv4 address. */
	private static final int MAPPED_BITS = 96;

	private static final int MALFORMED = -1;

	private final byte[] first;

	private final int length;

	private CidrBlock(byte[] first, int length) {
		this.first = first;
		this.length = length;
	}

	/**
	 * Parses a network.
	 * @param text an IPv4 or IPv6 address, a slash, and how many of its bits all
	 * addresses of the network begin with, for example {@code 10.0.0.0/8} or
	 * {@code fd00::/8}; without slash and number that address alone
	 * @return the network
	 * @throws IllegalArgumentException if the text is not of this form, or the address
	 * has other bits as well
	 */
	public static CidrBlock parse(String text) {
		int slash = text.indexOf('/');
		byte[] address = address((slash >= 0) ? text.substring(0, slash) : text);
		if (address == null) {
			throw malformed(text);
		}
		int bits = address.length * Byte.SIZE;
		int length = (slash >= 0) ? length(text.substring(slash + 1), address, text) : bits;
		if (length < 0 || length > bits) {
			throw malformed(text);
		}
		CidrBlock block = new CidrBlock(masked(address, length), length);
		if (!Arrays.equals(address, block.first)) {
			throw new IllegalArgumentException("'" + text + "' has bits beyond the first " + length + ": use '" + block
					+ "' for the network, or '" + new CidrBlock(address, bits) + "' for the address alone");
		}
		return block;
	}

	private static IllegalArgumentException malformed(String text) {
		return new IllegalArgumentException("'" + text
				+ "' is not a network: expected an IP address and maybe a length, for example 10.0.0.0/8 or fd00::/8");
	}

	/** Returns the address if it is written in digits, otherwise {@code null}. */
	private static byte @Nullable [] address(String literal) {
		if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
			return null;
		}
		try {
			// In brackets it is never taken for a name
			return InetAddress.getByName((literal.indexOf(':') >= 0) ? "[" + literal + "]" : literal).getAddress();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	/** Returns the length as it counts for the address, which may be a mapped one. */
	private static int length(String digits, byte[] address, String text) {
		if (!LENGTH.matcher(digits).matches()) {
			return MALFORMED;
		}
		boolean mapped = address.length == Integer.BYTES && text.indexOf(':') >= 0;
		return Integer.parseInt(digits) - (mapped ? MAPPED_BITS : 0);
	}

	private static byte[] masked(byte[] address, int length) {
		byte[] masked = address.clone();
		for (int i = 0; i < masked.length; i++) {
			masked[i] &= mask(length - i * Byte.SIZE);
		}
		return masked;
	}

	/** Returns a byte of which so many bits are set, from the highest on. */
	private static byte mask(int bits) {
		return (byte) (0xff << Math.min(Math.max(Byte.SIZE - bits, 0), Byte.SIZE));
	}

	/**
	 * Tells whether an address belongs to this network.
	 * @param address the address
	 * @return whether it does
	 */
	public boolean contains(InetAddress address) {
		byte[] other = address.getAddress();
		if (other.length != this.first.length) {
			return false;
		}
		for (int i = 0; i * Byte.SIZE < this.length; i++) {
			if (((other[i] ^ this.first[i]) & mask(this.length - i * Byte.SIZE)) != 0) {
				return false;
			}
		}
		return true;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CidrBlock block && this.length == block.length
				&& Arrays.equals(this.first, block.first);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(this.first) + this.length;
	}

	/**
	 * Returns the network as text that can be parsed again.
	 * @return the first address, a slash, and the number of bits
	 */
	@Override
	public String toString() {
		try {
			return InetAddress.getByAddress(this.first).getHostAddress() + '/' + this.length;
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

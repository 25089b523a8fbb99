package io.membership;

import org.jspecify.annotations.Nullable;

/**
 * A name whose addresses, IPv4 and IPv6, are those of members: {@code dns:///name:port}.
 * The members need not be called like that; whoever answers there is found.
 *
 * @param name the name
 * @param port the UDP port of all these members, 1 to 65535
 */
public record AddressSeed(String name, int port) implements Seed {

	static final String PREFIX = "dns:///";

	/**
	 * Creates a seed.
	 * @throws IllegalArgumentException if the name is malformed or the port out of range
	 */
	public AddressSeed {
		MemberUri.parse(name + ":" + port);
	}

	/**
	 * Creates a seed with the port {@value MembershipBuilder#DEFAULT_PORT}.
	 * @param name the name
	 * @throws IllegalArgumentException if the name is malformed
	 */
	public AddressSeed(String name) {
		this(name, MembershipBuilder.DEFAULT_PORT);
	}

	/** Parses a name, or a name and a port. */
	static @Nullable AddressSeed tryParse(String text) {
		boolean hasPort = text.lastIndexOf(':') > text.lastIndexOf(']');
		MemberUri uri = MemberUri.tryParse(hasPort ? text : text + ":" + MembershipBuilder.DEFAULT_PORT);
		return (uri != null) ? new AddressSeed(uri.host(), uri.port()) : null;
	}

	/**
	 * Returns the seed as text that can be parsed again.
	 * @return {@code dns:///name:port}
	 */
	@Override
	public String toString() {
		return PREFIX + this.name + ":" + this.port;
	}

}

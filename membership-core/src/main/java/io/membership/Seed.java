package io.membership;

import org.jspecify.annotations.Nullable;

/**
 * Where a node finds the mesh: a {@link MemberUri member}, or a name that leads to
 * members and is looked up again and again. All of them are immutable and thread-safe.
 */
public sealed interface Seed permits MemberUri, AddressSeed, ServiceSeed {

	/**
	 * Parses a seed.
	 * @param text {@code host:port} for a member; {@code dns:///name} or
	 * {@code dns:///name:port} for an {@link AddressSeed};
	 * {@code dns+srv:///_service._udp.name} for a {@link ServiceSeed}
	 * @return the seed, whose text is the same, but that it always has a port where there
	 * can be one
	 * @throws IllegalArgumentException if the text is of none of these forms
	 */
	static Seed parse(String text) {
		Seed seed = tryParse(text);
		if (seed == null) {
			throw new IllegalArgumentException("'" + text + "' is not a seed: expected host:port, dns:///name,"
					+ " dns:///name:port or dns+srv:///_service._udp.name");
		}
		return seed;
	}

	private static @Nullable Seed tryParse(String text) {
		if (text.startsWith(AddressSeed.PREFIX)) {
			return AddressSeed.tryParse(text.substring(AddressSeed.PREFIX.length()));
		}
		if (text.startsWith(ServiceSeed.PREFIX)) {
			return ServiceSeed.tryParse(text.substring(ServiceSeed.PREFIX.length()));
		}
		return MemberUri.tryParse(text);
	}

}

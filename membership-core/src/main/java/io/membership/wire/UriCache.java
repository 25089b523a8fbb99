package io.membership.wire;

import java.nio.charset.StandardCharsets;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * The URIs that were read lately. A datagram names dozens, and nearly all were named
 * before: to find one here is cheaper than to parse it, and that it is the same object
 * makes every map of URIs faster. Of a fixed size, so a stranger who makes up URIs costs
 * no more than the time to parse them.
 */
final class UriCache {

	/** A power of two; at least twice the members of most meshes. */
	private static final int SIZE = 1 << 13;

	/**
	 * Spreads what is similar (Knuth, multiplicative hashing): 2^32 by the golden ratio.
	 */
	private static final int SPREAD = 0x9E3779B9;

	private final @Nullable MemberUri[] uris = new MemberUri[SIZE];

	/**
	 * Reads a URI.
	 * @return the URI, or {@code null} for whatever else, which is skipped
	 */
	@Nullable MemberUri read(Input in) {
		if (in.nextIsString()) {
			return of(in.string());
		}
		in.skip();
		return null;
	}

	/** Returns the URI that a text names, or {@code null} if it names none. */
	@Nullable MemberUri of(byte[] text) {
		int place = place(text);
		MemberUri cached = this.uris[place];
		if (cached != null && isWritten(cached.toString(), text)) {
			return cached;
		}
		MemberUri uri = MemberUri.tryParse(new String(text, StandardCharsets.UTF_8));
		if (uri != null) {
			this.uris[place] = uri;
		}
		return uri;
	}

	private static int place(byte[] text) {
		int hash = 0;
		for (byte b : text) {
			hash = 31 * hash + b;
		}
		return (hash * SPREAD) >>> (Integer.numberOfLeadingZeros(SIZE) + 1);
	}

	/** Whether a text is that of a URI, which is ASCII. */
	private static boolean isWritten(String uri, byte[] text) {
		if (uri.length() != text.length) {
			return false;
		}
		for (int i = 0; i < text.length; i++) {
			if (uri.charAt(i) != text[i]) {
				return false;
			}
		}
		return true;
	}

}

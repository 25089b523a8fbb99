package io.membership.wire;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * The URIs that were read lately. A datagram names dozens, and nearly all were named
 * before: to find one here is cheaper than to parse it, and that it is the same object
 * makes every map of URIs faster. It grows with the members up to a limit, so a stranger
 * who makes up URIs costs no more than the time to parse them.
 */
final class UriCache {

	/** A power of two, as is the largest. */
	private static final int FIRST_SIZE = 1 << 6;

	/** At least twice the members of most meshes. */
	private static final int LARGEST_SIZE = 1 << 13;

	/**
	 * Spreads what is similar (Knuth, multiplicative hashing): 2^32 by the golden ratio.
	 */
	private static final int SPREAD = 0x9E3779B9;

	private @Nullable MemberUri[] uris = new MemberUri[FIRST_SIZE];

	/** How often one took the place of another at this size. */
	private int displaced;

	/**
	 * Reads a URI.
	 * @return the URI, or {@code null} for whatever else, which is skipped
	 */
	@Nullable MemberUri read(Input in) {
		if (!in.nextIsString()) {
			in.skip();
			return null;
		}
		int start = in.take(in.stringHeader());
		int place = place(in, start);
		MemberUri cached = this.uris[place];
		if (cached != null && in.isSince(start, cached)) {
			return cached;
		}
		MemberUri uri = in.uri(start);
		if (uri != null) {
			this.uris[place] = uri;
			this.displaced += (cached != null) ? 1 : 0;
			growIfCrowded();
		}
		return uri;
	}

	/**
	 * Early, and with all that there are, because what is read anew is kept twice: once
	 * here, and once as it was read first by whoever keeps that.
	 */
	private void growIfCrowded() {
		if (this.displaced > this.uris.length / 4 && this.uris.length < LARGEST_SIZE) {
			@Nullable MemberUri[] before = this.uris;
			this.uris = new MemberUri[2 * before.length];
			this.displaced = 0;
			for (MemberUri uri : before) {
				if (uri != null) {
					this.uris[place(uri)] = uri;
				}
			}
		}
	}

	private int place(MemberUri uri) {
		byte[] ascii = new byte[uri.length()];
		uri.writeTo(ascii, 0);
		Input text = new Input(ascii);
		return place(text, text.take(ascii.length));
	}

	private int place(Input in, int start) {
		int hash = 0;
		for (int i = start; i < in.position(); i++) {
			hash = 31 * hash + in.at(i);
		}
		return (hash * SPREAD) >>> (Integer.numberOfLeadingZeros(this.uris.length) + 1);
	}

}

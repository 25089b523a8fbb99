package io.membership.wire;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A value that no type of Java expresses exactly, such as a string that is not UTF-8. It
 * stays encoded, so that whoever echoes or forwards it returns the bytes that came.
 */
final class Verbatim {

	private final byte[] encoded;

	Verbatim(byte[] encoded) {
		this.encoded = encoded;
	}

	void writeTo(Output out) {
		out.encoded(this.encoded);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Verbatim verbatim && Arrays.equals(this.encoded, verbatim.encoded);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.encoded);
	}

}

package io.membership.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Text as Lua keeps it, a string of bytes, and as Java does.
 */
final class Utf8 {

	private Utf8() {
	}

	/** Returns the text of some bytes, or {@code null} if they are not UTF-8. */
	static @Nullable String decode(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text : null;
	}

	/** Tells whether a text can be encoded: half a surrogate pair cannot. */
	static boolean isEncodable(String text) {
		return text.codePoints()
			.noneMatch((point) -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
	}

	/** Returns how many bytes a text takes. */
	static int length(String text) {
		int length = text.length();
		for (int i = 0; i < text.length(); i++) {
			char unit = text.charAt(i);
			if (unit >= 0x80) {
				// Both halves of a pair add one here: four bytes for two units
				length += (unit < 0x800 || Character.isSurrogate(unit)) ? 1 : 2;
			}
		}
		return length;
	}

}

package io.membership;

/**
 * The text of IPv4 addresses: four decimal numbers without leading zeros. An address is
 * an {@code int}, so that it takes no more than its four bytes.
 */
final class Ipv4 {

	/** What is not the text of an address. */
	static final long NONE = -1;

	private static final int PARTS = 4;

	private static final int HIGHEST_PART = 255;

	/** Above the digits of a part is how many there are. */
	private static final int LENGTH = 3 * Byte.SIZE;

	private static final int[] TEXTS = texts();

	private Ipv4() {
	}

	/**
	 * Parses an address.
	 * @return the address in the lower 32 bits, or {@link #NONE}
	 */
	static long parse(byte[] ascii, int begin, int end) {
		long address = 0;
		int position = begin;
		for (int part = 0; part < PARTS; part++) {
			int partBegin = position;
			int value = 0;
			while (position < end && isDigit(ascii[position]) && value <= HIGHEST_PART) {
				value = 10 * value + ascii[position] - '0';
				position++;
			}
			boolean leadingZero = position > partBegin + 1 && ascii[partBegin] == '0';
			if (position == partBegin || leadingZero || value > HIGHEST_PART) {
				return NONE;
			}
			address = (address << Byte.SIZE) | value;
			if (part < PARTS - 1 && (position == end || ascii[position++] != '.')) {
				return NONE;
			}
		}
		return (position == end) ? address : NONE;
	}

	private static boolean isDigit(byte ascii) {
		return ascii >= '0' && ascii <= '9';
	}

	/** Returns how many characters the text of an address has. */
	static int length(int address) {
		int length = PARTS - 1;
		for (int part = 0; part < PARTS; part++) {
			length += TEXTS[part(address, part)] >>> LENGTH;
		}
		return length;
	}

	/**
	 * Writes the text of an address.
	 * @return where it ends
	 */
	static int write(int address, byte[] target, int begin) {
		int position = begin;
		for (int part = 0; part < PARTS; part++) {
			if (part > 0) {
				target[position++] = '.';
			}
			int text = TEXTS[part(address, part)];
			for (int digits = text >>> LENGTH; digits > 0; digits--) {
				target[position++] = (byte) text;
				text >>>= Byte.SIZE;
			}
		}
		return position;
	}

	/** Returns a part, of which the first one comes first in the text. */
	static int part(int address, int part) {
		return (address >>> ((PARTS - 1 - part) * Byte.SIZE)) & HIGHEST_PART;
	}

	/** Writes every part there is once, the first digit lowest. */
	private static int[] texts() {
		int[] texts = new int[HIGHEST_PART + 1];
		byte[] digits = new byte[Digits.count(HIGHEST_PART)];
		for (int part = 0; part <= HIGHEST_PART; part++) {
			int length = Digits.write(part, digits, 0);
			texts[part] = length << LENGTH;
			for (int i = 0; i < length; i++) {
				texts[part] |= digits[i] << (i * Byte.SIZE);
			}
		}
		return texts;
	}

}

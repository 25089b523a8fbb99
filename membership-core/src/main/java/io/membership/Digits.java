package io.membership;

/**
 * Small numbers in decimal digits, written where they belong, without a text of their
 * own: every rumor names an address and a port.
 */
final class Digits {

	private Digits() {
	}

	/**
	 * Returns how many digits a number has that is neither negative nor beyond a port.
	 */
	static int count(int number) {
		if (number < 100) {
			return (number < 10) ? 1 : 2;
		}
		if (number < 10_000) {
			return (number < 1000) ? 3 : 4;
		}
		return 5;
	}

	/**
	 * Writes such a number.
	 * @return where it ends
	 */
	static int write(int number, byte[] target, int begin) {
		int end = begin + count(number);
		int rest = number;
		for (int position = end - 1; position >= begin; position--) {
			target[position] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
		return end;
	}

}

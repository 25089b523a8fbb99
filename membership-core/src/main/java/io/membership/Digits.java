package io.membership;

/**
 * Small numbers in decimal digits, written where they belong, without a text of their
 * own: every rumor names an address and a port.
 */
final class Digits {

	private Digits() {
	}

	/** Returns how many digits a number has that is not negative. */
	static int count(int number) {
		int count = 1;
		for (int rest = number / 10; rest > 0; rest /= 10) {
			count++;
		}
		return count;
	}

	/**
	 * Writes a number that is not negative.
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

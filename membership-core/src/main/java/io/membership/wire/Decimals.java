package io.membership.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.msgpack.core.MessagePack;
import org.msgpack.value.ValueType;

/**
 * Tarantool's decimal numbers: the scale as a MessagePack integer, then the digits in
 * packed BCD, one in each half of a byte, the last half being the sign (Tarantool manual,
 * "MessagePack extensions", "The DECIMAL type"). Larger numbers or scales than Tarantool
 * itself can have are refused both ways: a reference node would drop or, worse, misread
 * them.
 */
final class Decimals {

	static final int MAX_DIGITS = 38;

	static final int MIN_SCALE = -37;

	static final int MAX_SCALE = 38;

	/** Smallest number that MessagePack holds in a single byte. */
	private static final int MIN_FIXED = -32;

	/** Half a byte beyond the digits is a sign. */
	private static final int SIGNS = 10;

	private static final String MINUS = "bd";

	private static final int HALF = Byte.SIZE / 2;

	private Decimals() {
	}

	static boolean isEncodable(BigDecimal value) {
		return value.precision() <= MAX_DIGITS && isScale(value.scale());
	}

	static byte[] encode(BigDecimal value) {
		String digits = value.unscaledValue().abs().toString() + ((value.signum() < 0) ? 'd' : 'c');
		byte[] packed = HexFormat.of().parseHex((digits.length() % 2 == 0) ? digits : '0' + digits);
		boolean fixed = value.scale() >= MIN_FIXED;
		ByteBuffer body = ByteBuffer.allocate((fixed ? 1 : 2) + packed.length);
		if (!fixed) {
			body.put(MessagePack.Code.INT8);
		}
		return body.put((byte) value.scale()).put(packed).array();
	}

	/**
	 * Tells whether Tarantool can have a number.
	 * @param in whatever the content of the extension was read from last
	 * @param start where the content begins
	 * @return whether all of the content is one number within its limits
	 */
	static boolean isSound(Input in, int start) {
		int end = in.position();
		in.back(start);
		boolean sound = end > start && in.nextType() == ValueType.INTEGER && isScale(in.integerAsDouble())
				&& in.position() < end && isPacked(in, end);
		in.back(end);
		return sound;
	}

	/** Whether the rest are digits, not too many, and a sign. */
	private static boolean isPacked(Input in, int end) {
		int digits = 0;
		for (int half = 2 * in.position(); half < 2 * end - 1; half++) {
			int digit = half(in, half);
			if (digit >= SIGNS) {
				return false;
			}
			digits += (digits > 0 || digit > 0) ? 1 : 0;
		}
		return digits <= MAX_DIGITS && half(in, 2 * end - 1) >= SIGNS;
	}

	private static int half(Input in, int index) {
		int both = in.at(index / 2);
		return ((index % 2 == 0) ? both >> HALF : both) & 0xf;
	}

	/** Decodes a number from a body that is {@linkplain #isSound sound}. */
	static BigDecimal decode(byte[] body) {
		Input in = new Input(body);
		int scale = in.integer().intValue();
		String packed = HexFormat.of().formatHex(body, in.position(), body.length);
		BigInteger digits = new BigInteger('0' + packed.substring(0, packed.length() - 1));
		boolean negative = MINUS.indexOf(packed.charAt(packed.length() - 1)) >= 0;
		return new BigDecimal(negative ? digits.negate() : digits, scale);
	}

	private static boolean isScale(double scale) {
		return scale >= MIN_SCALE && scale <= MAX_SCALE;
	}

}

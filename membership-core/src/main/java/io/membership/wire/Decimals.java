package io.membership.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePackException;
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

	private static final Pattern PACKED = Pattern
		.compile("0*+(?<digits>[0-9]{0," + MAX_DIGITS + "})(?:(?<plus>[acef])|[bd])");

	private Decimals() {
	}

	static boolean isEncodable(BigDecimal value) {
		return value.precision() <= MAX_DIGITS && isScale(value.scale());
	}

	static byte[] encode(BigDecimal value) {
		String digits = value.unscaledValue().abs().toString() + ((value.signum() < 0) ? 'd' : 'c');
		PackedOutput out = new PackedOutput();
		out.integer(value.scale());
		out.encoded(HexFormat.of().parseHex((digits.length() % 2 == 0) ? digits : '0' + digits));
		return out.toByteArray();
	}

	/**
	 * Decodes a number.
	 * @param body the content of the extension
	 * @return the number, or {@code null} if this is none that Tarantool can have
	 * @throws MessagePackException if it does not even begin with a value
	 */
	static @Nullable BigDecimal decode(byte[] body) {
		Input in = new Input(body);
		if (in.next().getValueType() != ValueType.INTEGER) {
			return null;
		}
		Number scale = in.integer();
		Matcher packed = PACKED.matcher(HexFormat.of().formatHex(body, in.position(), body.length));
		if (!isScale(scale.doubleValue()) || !packed.matches()) {
			return null;
		}
		String digits = packed.group("digits");
		BigInteger unscaled = digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
		return new BigDecimal((packed.group("plus") != null) ? unscaled : unscaled.negate(), scale.intValue());
	}

	private static boolean isScale(double scale) {
		return scale >= MIN_SCALE && scale <= MAX_SCALE;
	}

}

package io.membership.wire;

import io.membership.MemberUri;

/**
 * Where MessagePack goes, one primitive at a time. What writes to it can thus be measured
 * without being encoded: {@link CountedOutput} adds up what {@link PackedOutput} writes.
 */
interface Output {

	/** Elements of an array or a map whose header is a single byte. */
	int LARGEST_FIXED_CONTAINER = 15;

	/** Bytes of a text whose header is a single byte. */
	int LONGEST_FIXED_TEXT = 31;

	void nil();

	void bool(boolean value);

	/** Writes an integer in the shortest format that holds it. */
	void integer(long value);

	/**
	 * Writes an integer in the unsigned format of 64 bits, however small it is.
	 * @param bits the integer, beyond {@link Long#MAX_VALUE} as a negative number
	 */
	void uint64(long bits);

	void float32(float value);

	void float64(double value);

	void text(String value);

	/** Writes the text of a URI. */
	void uri(MemberUri value);

	void binary(byte[] value);

	void extension(byte type, byte[] body);

	void arrayHeader(int elements);

	void mapHeader(int entries);

	/** Writes bytes that are MessagePack already. */
	void encoded(byte[] value);

}

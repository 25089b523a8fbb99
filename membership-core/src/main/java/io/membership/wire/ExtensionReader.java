package io.membership.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.ValueType;

/**
 * Reads the data of messages that the reference does not know. Data of another shape than
 * {@link MessageWriter} gives them read as {@code null}; what remains of them must be
 * skipped all the same, so that the events can be read.
 */
final class ExtensionReader {

	/** More parts than this version ever makes of its view. */
	private static final int MOST_DIGESTS = 256;

	private final Input in;

	ExtensionReader(Input in) {
		this.in = in;
	}

	/** Reads an array of exactly so many unsigned numbers. */
	@Nullable List<Long> numbers(int count) {
		List<Long> numbers = numbers();
		return (numbers != null && numbers.size() == count) ? numbers : null;
	}

	/** Reads as many digests as a view may be divided into: a power of two. */
	@Nullable List<Long> digests() {
		List<Long> digests = numbers();
		return (digests != null && Integer.bitCount(digests.size()) == 1) ? digests : null;
	}

	private @Nullable List<Long> numbers() {
		if (this.in.nextType() != ValueType.ARRAY) {
			this.in.skip();
			return null;
		}
		int count = this.in.arrayHeader();
		if (count > MOST_DIGESTS) {
			this.in.skip(count);
			return null;
		}
		List<Long> numbers = new ArrayList<>(count);
		boolean sound = true;
		for (int i = 0; i < count; i++) {
			sound &= this.in.nextType() == ValueType.INTEGER;
			numbers.add(sound ? this.in.integerBits() : skipped());
		}
		return sound ? Collections.unmodifiableList(numbers) : null;
	}

	private long skipped() {
		this.in.skip();
		return 0;
	}

	/** Reads the data of a NACK. */
	@Nullable NackData nack() {
		int rest = elements(2);
		if (rest == 0 || this.in.nextType() != ValueType.MAP) {
			this.in.skip(rest);
			return null;
		}
		ProbeData data = ProbeDataReader.read(this.in);
		boolean refused = bool();
		return (data != null) ? new NackData(data, refused) : null;
	}

	/** Reads the data of a RANGE. */
	@Nullable RangeData range(Supplier<@Nullable List<Rumor>> entries) {
		int rest = elements(4);
		long[] bounds = new long[2];
		for (int i = 0; i < 2; i++) {
			if (rest == 0 || this.in.nextType() != ValueType.INTEGER) {
				this.in.skip(rest);
				return null;
			}
			bounds[i] = this.in.integerBits();
			rest--;
		}
		boolean complete = bool();
		List<Rumor> list = entries.get();
		return (list != null) ? new RangeData(bounds[0], bounds[1], complete, list) : null;
	}

	/** Returns the number of elements of the next value, 0 and skipped if it has not. */
	private int elements(int expected) {
		if (this.in.nextType() != ValueType.ARRAY) {
			this.in.skip();
			return 0;
		}
		int elements = this.in.arrayHeader();
		if (elements == expected) {
			return elements;
		}
		this.in.skip(elements);
		return 0;
	}

	private boolean bool() {
		if (this.in.nextType() == ValueType.BOOLEAN) {
			return this.in.bool();
		}
		this.in.skip();
		return false;
	}

	record NackData(ProbeData probe, boolean refused) {

	}

	record RangeData(long from, long to, boolean complete, List<Rumor> entries) {

	}

}

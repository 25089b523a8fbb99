package io.membership.wire;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.Rumor;
import io.membership.swim.Supplement;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.ValueType;

/**
 * Reads statements about members: events,
 * {@code [uri, status, incarnation, payload, ttl]} with or without a supplement at the
 * end, and entries of SYNC messages, which have only the first four elements. What the
 * reference would store without a meaning (another status, an incarnation beyond exact
 * numbers, a URI that leads nowhere) makes a statement bad. A bad one reads as
 * {@code null}, and the rest of the datagram counts all the same.
 */
final class RumorReader {

	private static final MemberStatus[] STATUSES = MemberStatus.values();

	/** The status of an event that names none, as in the reference. */
	private static final double DEFAULT_STATUS = MemberStatus.DEAD.code();

	/** The incarnation of an event that names none, as in the reference. */
	private static final double DEFAULT_INCARNATION = 1;

	/**
	 * How many numbers of a datagram may be written as text. Lua reads them, no peer
	 * writes them, and each costs far more than the bytes that it takes.
	 */
	private static final int MOST_TEXTS = 8;

	private final Input in;

	private final UriCache uris;

	private int texts;

	RumorReader(Input in, UriCache uris) {
		this.in = in;
		this.uris = uris;
	}

	/** Reads an event. All that it leaves out has a default, except the URI. */
	@Nullable Rumor event() {
		int length = header();
		MemberUri uri = (length > 0) ? this.uris.read(this.in) : null;
		double status = number(length > 1, DEFAULT_STATUS);
		double incarnation = number(length > 2, DEFAULT_INCARNATION);
		EncodedPayload payload = payload(length > 3);
		double timeToLive = number(length > 4, 0);
		Supplement supplement = (length > 5) ? SupplementFormat.read(this.in, this.uris) : Supplement.NONE;
		this.in.skip(length - 6);
		return rumor(uri, status, incarnation, payload, timeToLive, supplement);
	}

	/** Reads an entry of a SYNC message. It must name URI, status and incarnation. */
	@Nullable Rumor entry() {
		int length = header();
		MemberUri uri = (length > 0) ? this.uris.read(this.in) : null;
		double status = number(length > 1, Double.NaN);
		double incarnation = number(length > 2, Double.NaN);
		EncodedPayload payload = payload(length > 3);
		this.in.skip(length - 4);
		return rumor(uri, status, incarnation, payload, 0, Supplement.NONE);
	}

	/** Returns the number of elements; what is not an array is skipped and has none. */
	private int header() {
		if (this.in.nextType() == ValueType.ARRAY) {
			return this.in.arrayHeader();
		}
		this.in.skip();
		return 0;
	}

	private double number(boolean present, double otherwise) {
		if (!present) {
			return otherwise;
		}
		if (this.in.nextIsString() && this.texts++ >= MOST_TEXTS) {
			this.in.skip();
			return Double.NaN;
		}
		return LuaNumbers.read(this.in, otherwise);
	}

	/** Reads a payload; only what is a table in Lua is one. */
	private @Nullable EncodedPayload payload(boolean present) {
		if (!present) {
			return null;
		}
		ValueType type = this.in.nextType();
		int start = this.in.position();
		this.in.skip();
		return (type == ValueType.MAP || type == ValueType.ARRAY) ? EncodedPayload.since(start, this.in) : null;
	}

	private static @Nullable Rumor rumor(@Nullable MemberUri uri, double status, double incarnation,
			@Nullable EncodedPayload payload, double timeToLive, Supplement supplement) {
		if (uri == null || !isIntegerWithin(status, STATUSES.length)
				|| !isIntegerWithin(incarnation, Rumor.MAX_INCARNATION)) {
			return null;
		}
		return new Rumor(uri, STATUSES[(int) status - 1], (long) incarnation, payload,
				Double.isNaN(timeToLive) ? 0 : timeToLive, supplement);
	}

	private static boolean isIntegerWithin(double value, double max) {
		return value >= 1 && value <= max && value == Math.rint(value);
	}

}

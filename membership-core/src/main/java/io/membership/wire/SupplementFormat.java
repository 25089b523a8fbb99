package io.membership.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.membership.MemberUri;
import io.membership.swim.Rumor;
import io.membership.swim.Supplement;
import org.msgpack.value.ValueType;

/**
 * The sixth element of an event: a map with small numbers as keys. Keys that this version
 * does not know, and values that make no sense, count for nothing.
 */
final class SupplementFormat {

	private static final int ABILITIES = 1;

	private static final int BOOT_ID = 2;

	private static final int ACCUSERS = 3;

	private static final int REFUSED = 4;

	private static final int KEYS = 5;

	/** More than the protocol ever tells are not worth to be kept. */
	private static final int MOST = 8;

	private static final long MAX_KEY = 0xffff_ffffL;

	private SupplementFormat() {
	}

	static void write(Rumor rumor, Output out) {
		Supplement supplement = rumor.supplement();
		boolean abilities = supplement.abilities() != Supplement.UNKNOWN;
		boolean bootId = rumor.bootId() != Supplement.UNKNOWN;
		boolean accusers = !supplement.accusers().isEmpty();
		boolean refused = !supplement.refused().isEmpty();
		boolean keys = !supplement.keys().isEmpty();
		out.mapHeader((abilities ? 1 : 0) + (bootId ? 1 : 0) + (accusers ? 1 : 0) + (refused ? 1 : 0) + (keys ? 1 : 0));
		if (abilities) {
			out.integer(ABILITIES);
			out.integer(supplement.abilities());
		}
		if (bootId) {
			out.integer(BOOT_ID);
			out.integer(rumor.bootId());
		}
		if (accusers) {
			out.integer(ACCUSERS);
			uris(supplement.accusers(), out);
		}
		if (refused) {
			out.integer(REFUSED);
			uris(supplement.refused(), out);
		}
		if (keys) {
			out.integer(KEYS);
			out.arrayHeader(supplement.keys().size());
			supplement.keys().forEach((key) -> out.integer(Integer.toUnsignedLong(key)));
		}
	}

	private static void uris(List<MemberUri> uris, Output out) {
		out.arrayHeader(uris.size());
		uris.forEach(out::uri);
	}

	static Supplement read(Input in, UriCache uris) {
		if (in.nextType() != ValueType.MAP) {
			in.skip();
			return Supplement.NONE;
		}
		int abilities = Supplement.UNKNOWN;
		long bootId = Supplement.UNKNOWN;
		List<MemberUri> accusers = List.of();
		List<MemberUri> refused = List.of();
		List<Integer> keys = List.of();
		int entries = in.mapHeader();
		for (int i = 0; i < entries; i++) {
			switch ((int) integer(in, Short.MAX_VALUE)) {
				case ABILITIES -> abilities = (int) integer(in, Integer.MAX_VALUE);
				case BOOT_ID -> bootId = integer(in, Supplement.MAX_BOOT_ID);
				case ACCUSERS -> accusers = uris(in, uris);
				case REFUSED -> refused = uris(in, uris);
				case KEYS -> keys = keys(in);
				default -> in.skip();
			}
		}
		return new Supplement(abilities, bootId, accusers, refused, keys);
	}

	/** Reads an integer from 0 to a limit; anything else is unknown. */
	private static long integer(Input in, long max) {
		if (in.nextType() != ValueType.INTEGER) {
			in.skip();
			return Supplement.UNKNOWN;
		}
		long value = in.integerBits();
		return (value >= 0 && value <= max) ? value : Supplement.UNKNOWN;
	}

	private static List<Integer> keys(Input in) {
		if (in.nextType() != ValueType.ARRAY) {
			in.skip();
			return List.of();
		}
		int elements = in.arrayHeader();
		List<Integer> keys = new ArrayList<>(Math.min(elements, MOST));
		for (int i = 0; i < elements; i++) {
			long key = integer(in, MAX_KEY);
			if (key != Supplement.UNKNOWN && keys.size() < MOST) {
				keys.add((int) key);
			}
		}
		return Collections.unmodifiableList(keys);
	}

	private static List<MemberUri> uris(Input in, UriCache cache) {
		if (in.nextType() != ValueType.ARRAY) {
			in.skip();
			return List.of();
		}
		int elements = in.arrayHeader();
		List<MemberUri> uris = new ArrayList<>(Math.min(elements, MOST));
		for (int i = 0; i < elements; i++) {
			MemberUri uri = cache.read(in);
			if (uri != null && uris.size() < MOST) {
				uris.add(uri);
			}
		}
		return Collections.unmodifiableList(uris);
	}

}

package io.membership.swim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.membership.MemberUri;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An index finds what a {@link HashMap} finds.
 */
class UriIndexPropertyTests {

	private static final int URIS = 60;

	private List<MemberUri> array;

	private UriIndex index;

	private Map<MemberUri, Integer> expected;

	@BeforeTry
	void createIndex() {
		this.array = new ArrayList<>();
		this.index = new UriIndex(this.array::get);
		this.expected = new HashMap<>();
	}

	@Property(tries = 500)
	void findsWhatAMapFinds(@ForAll("toggles") List<Integer> toggles) {
		toggles.forEach((number) -> toggle(uri(number)));
		assertFindsWhatAMapFinds();
	}

	@Property(tries = 300)
	void findsWhatAMapFindsAmongUrisOfTheSameHash(@ForAll("toggles") List<Integer> toggles) {
		toggles.forEach((number) -> toggle(uriOfOneHash(number)));
		assertFindsWhatAMapFinds();
	}

	private void assertFindsWhatAMapFinds() {
		for (int number = 0; number < URIS; number++) {
			assertFindsWhatAMapFinds(uri(number));
			assertFindsWhatAMapFinds(uriOfOneHash(number));
		}
	}

	private void assertFindsWhatAMapFinds(MemberUri uri) {
		assertThat(this.index.find(uri)).isEqualTo(this.expected.getOrDefault(uri, UriIndex.ABSENT));
	}

	private void toggle(MemberUri uri) {
		Integer place = this.expected.remove(uri);
		if (place == null) {
			add(uri);
		}
		else {
			remove(uri, place);
		}
	}

	private void add(MemberUri uri) {
		this.array.add(uri);
		this.index.add(uri, this.array.size() - 1);
		this.expected.put(uri, this.array.size() - 1);
	}

	/** Removes a URI as a table does: the last one takes its place. */
	private void remove(MemberUri uri, int place) {
		this.index.remove(uri);
		int end = this.array.size() - 1;
		if (place != end) {
			MemberUri last = this.array.get(end);
			this.index.move(last, place);
			this.array.set(place, last);
			this.expected.put(last, place);
		}
		this.array.remove(end);
	}

	@Provide
	Arbitrary<List<Integer>> toggles() {
		return Arbitraries.integers().between(0, URIS - 1).list().ofMaxSize(300);
	}

	private static MemberUri uri(int number) {
		return MemberUri.of("10.0.0." + number, 3301);
	}

	/** Returns one of many URIs with the same hash, as "Aa" and "BB" have. */
	private static MemberUri uriOfOneHash(int number) {
		StringBuilder host = new StringBuilder();
		for (int bit = 0; bit < 6; bit++) {
			host.append(((number >> bit & 1) == 0) ? "Aa" : "BB");
		}
		return MemberUri.of(host.toString(), 3301);
	}

}

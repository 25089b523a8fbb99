package io.membership.measure;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.membership.MemberUri;

/**
 * What each member sees at one moment: entries with all that members must agree on,
 * separated by semicolons.
 *
 * @param byObserver the entries that each member sees
 */
record Views(Map<MemberUri, String> byObserver) {

	private static final String SEPARATOR = ";";

	private static final String ALIVE = ",alive,";

	/**
	 * Whether so many members see each other alive, all of them the same, and nobody
	 * else.
	 */
	boolean isAgreed(int members) {
		Set<String> different = Set.copyOf(this.byObserver.values());
		return this.byObserver.size() == members && different.size() == 1
				&& entries().allMatch((entry) -> entry.contains(ALIVE)) && entries().count() == members;
	}

	/** Returns all entries that anybody sees, each once. */
	private Stream<String> entries() {
		return this.byObserver.values().stream().flatMap((view) -> Stream.of(view.split(SEPARATOR, -1))).distinct();
	}

	/** Returns each view and who has it. */
	String details() {
		return this.byObserver.keySet()
			.stream()
			.collect(Collectors.groupingBy(this.byObserver::get, Collectors.toCollection(TreeSet::new)))
			.entrySet()
			.stream()
			.map((view) -> view.getValue() + " see " + view.getKey())
			.collect(Collectors.joining("\n"));
	}

	@Override
	public String toString() {
		return this.byObserver.size() + " members with " + Set.copyOf(this.byObserver.values()).size()
				+ " different views, of members that are not alive: "
				+ entries().filter((entry) -> !entry.contains(ALIVE)).count();
	}

}

package io.membership;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.membership.swim.Rumor;
import io.membership.swim.Sighting;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table finds what a {@link HashMap} finds, whoever writes meanwhile.
 */
class SightingTableTests {

	private static final int FEW = 60;

	private static final int MANY = 1000;

	private final SightingTable table = new SightingTable();

	@RepeatedTest(10)
	void findsWhatAMapFinds() {
		assertFindsWhatAMapFinds(FEW, 2000);
	}

	@Test
	void findsWhatAMapFindsAmongMany() {
		assertFindsWhatAMapFinds(MANY, 10_000);
	}

	/** Grows and shrinks in waves, among URIs of which half have the same hash. */
	private void assertFindsWhatAMapFinds(int uris, int steps) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		Map<MemberUri, Sighting> expected = new HashMap<>();
		for (int step = 0; step < steps; step++) {
			int number = random.nextInt(uris);
			MemberUri uri = (number % 2 == 0) ? uri(number) : uriOfOneHash(number % (2 * FEW));
			boolean growing = step / (steps / 4) % 2 == 0;
			if (random.nextInt(4) == 0 != growing) {
				put(uri, step, expected);
			}
			else {
				this.table.remove(uri);
				expected.remove(uri);
			}
			assertThat(this.table.get(uri)).as("seed %d step %d", seed, step).isSameAs(expected.get(uri));
			if (step % (steps / 40) == 0) {
				assertThat(all()).as("seed %d step %d", seed, step)
					.containsExactlyInAnyOrderElementsOf(expected.values());
				assertThat(expected).as("seed %d step %d", seed, step)
					.allSatisfy((each, sighting) -> assertThat(this.table.get(each)).isSameAs(sighting));
			}
		}
	}

	private void put(MemberUri uri, long incarnation, Map<MemberUri, Sighting> expected) {
		Sighting sighting = sighting(uri, incarnation + 1);
		this.table.put(sighting);
		expected.put(uri, sighting);
	}

	@Test
	void takesFewBytes() {
		putMany();
		assertThat(this.table.capacity()).isEqualTo(2048);
	}

	@Test
	void shrinksWhenManyAreRemoved() {
		putMany();
		IntStream.range(10, MANY).forEach((number) -> this.table.remove(uri(number)));
		assertThat(this.table.capacity()).isLessThanOrEqualTo(128);
		assertThat(all()).hasSize(10);
	}

	@Test
	void doesNotGrowWhereManyComeAndGo() {
		for (int number = 0; number < MANY; number++) {
			this.table.put(sighting(uri(number + 5), 1));
			this.table.remove(uri(number));
		}
		assertThat(this.table.capacity()).isEqualTo(SightingTable.FIRST_CAPACITY);
		assertThat(all()).hasSize(5);
	}

	@Test
	void isEmptyAfterItWasCleared() {
		putMany();
		this.table.clear();
		assertThat(all()).isEmpty();
		assertThat(this.table.get(uri(1))).isNull();
		assertThat(this.table.capacity()).isEqualTo(SightingTable.FIRST_CAPACITY);
	}

	/**
	 * Residents are replaced all the time and never removed, each with a higher
	 * incarnation; guests come and go so that the array is rebuilt, grows and shrinks.
	 */
	@Test
	void whoIsThereAllTheTimeIsAlwaysFoundAndOnce() throws InterruptedException, ExecutionException, TimeoutException {
		int residents = 40;
		IntStream.range(0, residents).forEach((number) -> this.table.put(sighting(uri(number), 1)));
		AtomicBoolean done = new AtomicBoolean();
		List<CompletableFuture<Integer>> readers = Stream.of(1, 2)
			.map((reader) -> CompletableFuture.supplyAsync(() -> read(residents, done), (task) -> start(task)))
			.toList();
		for (int round = 2; round < 200; round++) {
			for (int number = 0; number < residents; number++) {
				this.table.put(sighting(uri(number), round));
			}
			for (int guest = residents; guest < 12 * residents; guest++) {
				this.table.put(sighting(uri(guest), round));
			}
			for (int guest = residents; guest < 12 * residents; guest++) {
				this.table.remove(uri(guest));
			}
		}
		done.set(true);
		for (CompletableFuture<Integer> reader : readers) {
			assertThat(reader.get(30, TimeUnit.SECONDS)).isPositive();
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "reader");
		thread.setDaemon(true);
		thread.start();
	}

	/** Reads until there is no more to read, and at least once. */
	private int read(int residents, AtomicBoolean done) {
		long[] last = new long[residents];
		int reads = 0;
		do {
			for (int number = 0; number < residents; number++) {
				Sighting found = this.table.get(uri(number));
				assertThat(found).isNotNull();
				assertThat(found.known().uri()).isEqualTo(uri(number));
				assertThat(found.known().incarnation()).isGreaterThanOrEqualTo(last[number]);
				last[number] = found.known().incarnation();
			}
			for (int guest = residents; guest < 12 * residents; guest++) {
				Sighting found = this.table.get(uri(guest));
				assertThat(found == null || found.known().uri().equals(uri(guest))).isTrue();
			}
			Set<MemberUri> seen = new HashSet<>();
			this.table
				.forEach((sighting) -> assertThat(isGuest(sighting, residents) || seen.add(sighting.known().uri()))
					.isTrue());
			assertThat(seen).hasSize(residents);
			reads++;
		}
		while (!done.get());
		return reads;
	}

	private static boolean isGuest(Sighting sighting, int residents) {
		return sighting.known().uri().port() > residents;
	}

	private void putMany() {
		IntStream.range(0, MANY).forEach((number) -> this.table.put(sighting(uri(number), 1)));
	}

	private List<Sighting> all() {
		List<Sighting> all = new ArrayList<>();
		this.table.forEach(all::add);
		return all;
	}

	private static Sighting sighting(MemberUri uri, long incarnation) {
		return new Sighting(new Rumor(uri, MemberStatus.ALIVE, incarnation, null, 0), 0);
	}

	private static MemberUri uri(int number) {
		return MemberUri.of("host", number + 1);
	}

	/** Returns one of many URIs with the same hash, as "Aa" and "BB" have. */
	private static MemberUri uriOfOneHash(int number) {
		StringBuilder host = new StringBuilder();
		for (int bit = 0; bit < 8; bit++) {
			host.append(((number >> bit & 1) == 0) ? "Aa" : "BB");
		}
		return MemberUri.of(host.toString(), 3301);
	}

}

package io.membership.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Times of sources.
 */
class SourceTableTests {

	private static final int MOST = 1024;

	private final SourceTable table = new SourceTable(MOST);

	@Test
	void whoWasAddedIsFound() {
		int place = this.table.add(source("10.0.0.1", 1), 7);
		assertThat(this.table.find(source("10.0.0.1", 1))).isEqualTo(place);
		assertThat(this.table.timeAt(place)).isEqualTo(7);
	}

	@Test
	void whoWasNotAddedIsAbsent() {
		this.table.add(source("10.0.0.1", 1), 7);
		this.table.add(source("[2001:db8::1]", 1), 7);
		assertThat(this.table.find(source("10.0.0.1", 2))).isEqualTo(SourceTable.ABSENT);
		assertThat(this.table.find(source("10.0.0.2", 1))).isEqualTo(SourceTable.ABSENT);
		assertThat(this.table.find(source("[2001:db8::1]", 2))).isEqualTo(SourceTable.ABSENT);
		assertThat(this.table.find(source("[2001:db8::2]", 1))).isEqualTo(SourceTable.ABSENT);
	}

	/** The hash code of such an address is the sum of its parts. */
	@Test
	void addressesOfEqualHashCodesAreTold() {
		InetSocketAddress one = source("[2001:db8::1:0:0]", 1);
		InetSocketAddress other = source("[2001:db8::1]", 1);
		assertThat(one.getAddress()).hasSameHashCodeAs(other.getAddress());
		this.table.add(one, 7);
		assertThat(this.table.find(other)).isEqualTo(SourceTable.ABSENT);
	}

	@Test
	void timesChange() {
		int place = this.table.add(source("10.0.0.1", 1), 7);
		this.table.setTimeAt(place, 8);
		assertThat(this.table.timeAt(this.table.find(source("10.0.0.1", 1)))).isEqualTo(8);
	}

	@RepeatedTest(20)
	void whileThereIsRoomNobodyGivesWay() {
		Map<InetSocketAddress, Long> expected = new HashMap<>();
		for (int i = 0; i < MOST / 8; i++) {
			InetSocketAddress source = source("10.0." + i / 100 + "." + i % 100, i);
			this.table.add(source, i);
			expected.put(source, (long) i);
		}
		assertThat(this.table.size()).isEqualTo(expected.size());
		expected
			.forEach((source, time) -> assertThat(this.table.timeAt(this.table.find(source))).isEqualTo((long) time));
	}

	@Test
	void isWellFilledBeforeItGrows() {
		SourceTable large = new SourceTable(16 * MOST);
		for (int i = 0; i < 10_000; i++) {
			large.add(source("10.0." + i / 100 + "." + i % 100, i), i);
		}
		assertThat(large.capacity()).isLessThanOrEqualTo(12 * MOST);
		assertThat(large.size()).isEqualTo(10_000);
	}

	@Test
	void growsInSmallStepsToItsFullSize() {
		Set<Integer> capacities = new HashSet<>();
		for (int i = 0; i < 2 * MOST; i++) {
			this.table.add(source("10.0." + i / 100 + "." + i % 100, i), i);
			capacities.add(this.table.capacity());
		}
		assertThat(capacities).contains(MOST).isSubsetOf(64, 96, 128, 192, 256, 384, 512, 768, MOST);
	}

	@Test
	void beyondItWhoWasSilentForLongestGivesWay() {
		InetSocketAddress recent = source("10.0.0.1", 1);
		this.table.add(recent, 10 * MOST);
		for (int i = 0; i < 10 * MOST; i++) {
			this.table.add(source("10.1." + i / 100 + "." + i % 100, 1), i);
		}
		assertThat(this.table.find(recent)).isNotEqualTo(SourceTable.ABSENT);
		assertThat(this.table.find(source("10.1.0.0", 1))).isEqualTo(SourceTable.ABSENT);
		assertThat(this.table.size()).isBetween(MOST * 9 / 10, MOST);
	}

	private static InetSocketAddress source(String address, int port) {
		try {
			return new InetSocketAddress(InetAddress.getByName(address), port);
		}
		catch (UnknownHostException ex) {
			throw new AssertionError(ex);
		}
	}

}

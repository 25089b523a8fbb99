package io.membership.swim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.HashedView.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A view in the order of hashes.
 */
class HashedViewTests {

	private final MemberTable table = tableOf(100);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4, 64, 256 })
	void thePartsAddUpToTheDigestOfTheView(int parts) {
		List<Long> digests = HashedView.of(this.table).digests(parts);
		assertThat(digests).hasSize(parts);
		assertThat(digests.stream().mapToLong(Long::longValue).sum()).isEqualTo(this.table.digest()).isNotZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 8, 256 })
	void allPartsTogetherAreAllMembers(int parts) {
		HashedView view = HashedView.of(this.table);
		List<Rumor> members = new ArrayList<>();
		for (int part = 0; part < parts; part++) {
			Range range = Range.ofParts(part, part + 1, parts);
			view.within(range).forEach((entry) -> {
				assertThat(range.contains(entry.hash())).isTrue();
				members.add(entry.known());
			});
		}
		assertThat(members).hasSize(100).containsExactlyInAnyOrderElementsOf(this.table.all().toList());
	}

	@Test
	void entriesAreInTheOrderOfUnsignedHashes() {
		List<HashedView.Entry> entries = HashedView.of(this.table).within(new Range(0, HashedView.HIGHEST));
		assertThat(entries).hasSize(100)
			.isSortedAccordingTo((one, other) -> Long.compareUnsigned(one.hash(), other.hash()));
		assertThat(entries.get(99).hash()).isNegative();
	}

	@Test
	void theBoundsOfARangeBelongToIt() {
		List<HashedView.Entry> all = HashedView.of(this.table).within(new Range(0, HashedView.HIGHEST));
		long from = all.get(40).hash();
		long to = all.get(60).hash();
		assertThat(HashedView.of(this.table).within(new Range(from, to))).hasSize(21);
		assertThat(HashedView.of(this.table).within(new Range(from + 1, to - 1))).hasSize(19);
		assertThat(HashedView.of(this.table).within(new Range(to, from))).isEmpty();
	}

	@Test
	void equalViewsDifferNowhere() {
		HashedView other = HashedView.of(tableOf(100));
		assertThat(HashedView.of(this.table).differences(other.digests(16))).isEmpty();
	}

	@Test
	void oneDifferenceIsInOneRange() {
		MemberTable changed = tableOf(100);
		changed.adopt(rumor(uri(7), MemberStatus.ALIVE, 2), EVIDENCE);
		List<Range> differences = HashedView.of(this.table).differences(HashedView.of(changed).digests(16));
		assertThat(differences).singleElement()
			.satisfies((range) -> assertThat(range.contains(ViewDigest.hash(uri(7)))).isTrue())
			.isEqualTo(new Range(differences.get(0).from(), differences.get(0).from() + (1L << 60) - 1));
	}

	@Test
	void neighboringDifferencesAreOneRange() {
		HashedView nobody = HashedView.of(tableOf(0));
		assertThat(HashedView.of(this.table).differences(nobody.digests(8)))
			.containsExactly(new Range(0, HashedView.HIGHEST));
		assertThat(HashedView.of(this.table).differences(nobody.digests(1)))
			.containsExactly(new Range(0, HashedView.HIGHEST));
	}

	@Test
	void everyDifferenceIsInARange() {
		Set<MemberUri> changes = new HashSet<>();
		MemberTable changed = tableOf(100);
		for (int i = 3; i < 100; i += 11) {
			changed.adopt(rumor(uri(i), MemberStatus.SUSPECT, 1), EVIDENCE);
			changes.add(uri(i));
		}
		List<Range> differences = HashedView.of(this.table).differences(HashedView.of(changed).digests(64));
		assertThat(changes).hasSize(9)
			.allSatisfy((uri) -> assertThat(differences).filteredOn((range) -> range.contains(ViewDigest.hash(uri)))
				.hasSize(1));
		assertThat(differences).hasSizeGreaterThan(1);
	}

	@Test
	void whoIsGoneIsToldButMakesNoDifference() {
		MemberTable more = tableOf(100);
		more.adopt(rumor(uri(500), MemberStatus.DEAD, 1), EVIDENCE);
		assertThat(HashedView.of(this.table).differences(HashedView.of(more).digests(16))).isEmpty();
		assertThat(HashedView.of(more).within(new Range(0, HashedView.HIGHEST))).hasSize(101);
	}

	private static MemberTable tableOf(int members) {
		MemberTable table = new MemberTable(VirtualEnvironment.lonely(), uri(1));
		for (int i = 1; i <= members; i++) {
			table.adopt(alive(i), EVIDENCE);
		}
		return table;
	}

}

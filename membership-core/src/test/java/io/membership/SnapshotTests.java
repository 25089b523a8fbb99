package io.membership;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.membership.swim.Rumor;
import io.membership.swim.Sighting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whom a node remembers.
 */
class SnapshotTests {

	private static final MemberUri SELF = uri(1);

	private final MemberView view = new MemberView(member(SELF, MemberStatus.ALIVE, 17));

	@Test
	void holdsThisNodeWithItsIncarnation() {
		assertThat(Snapshot.of(this.view, Set.of())).isEqualTo(new Snapshot(SELF, 17, Set.of()));
	}

	@ParameterizedTest
	@EnumSource(value = MemberStatus.class, names = "LEFT", mode = EnumSource.Mode.EXCLUDE)
	void holdsOthersWhoMayComeBack(MemberStatus status) {
		this.view.put(sighting(uri(2), status, 1));
		assertThat(Snapshot.of(this.view, Set.of()).members()).containsExactly(uri(2));
	}

	@Test
	void doesNotHoldWhoLeft() {
		this.view.put(sighting(uri(2), MemberStatus.LEFT, 1));
		assertThat(Snapshot.of(this.view, Set.of(uri(2))).members()).isEmpty();
	}

	@Test
	void aLonelyNodeStillRemembersWhomItKnewEarlier() {
		this.view.put(sighting(uri(2), MemberStatus.DEAD, 1));
		assertThat(Snapshot.of(this.view, Set.of(uri(3))).members()).containsExactlyInAnyOrder(uri(2), uri(3));
	}

	@Test
	void inCompanyItForgetsThem() {
		this.view.put(sighting(uri(2), MemberStatus.ALIVE, 1));
		assertThat(Snapshot.of(this.view, Set.of(uri(3))).members()).containsExactly(uri(2));
	}

	@Test
	void ofTooManyItHoldsAsManyAsItMay() {
		put(1500, MemberStatus.ALIVE);
		assertThat(Snapshot.of(this.view, Set.of()).members()).hasSize(Snapshot.MOST_MEMBERS);
	}

	@Test
	void ofTooManyItAlwaysHoldsTheSame() {
		put(1500, MemberStatus.ALIVE);
		MemberView otherOrder = new MemberView(member(SELF, MemberStatus.ALIVE, 17));
		copyTo(otherOrder);
		assertThat(Snapshot.of(this.view, Set.of())).isEqualTo(Snapshot.of(otherOrder, Set.of()));
	}

	@Test
	void ofTooManyEachNodeHoldsOthers() {
		put(5000, MemberStatus.ALIVE);
		MemberView another = new MemberView(member(uri(9999), MemberStatus.ALIVE, 1));
		copyTo(another);
		Set<MemberUri> members = Snapshot.of(this.view, Set.of()).members();
		assertThat(Snapshot.of(another, Set.of()).members().stream().filter(members::contains).count()).isBetween(100L,
				400L);
	}

	@Test
	void ofTooManyItPrefersTheLiving() {
		put(2000, MemberStatus.DEAD);
		put(500, MemberStatus.ALIVE);
		Set<MemberUri> members = Snapshot.of(this.view, Set.of()).members();
		assertThat(IntStream.rangeClosed(2, 501).mapToObj(SnapshotTests::uri)).allMatch(members::contains);
	}

	@Test
	void earlierOnesFillUpNoMoreThanThereIsRoom() {
		put(900, MemberStatus.DEAD);
		Set<MemberUri> earlier = Set.copyOf(IntStream.rangeClosed(2001, 2500).mapToObj(SnapshotTests::uri).toList());
		assertThat(Snapshot.of(this.view, earlier).members()).hasSize(Snapshot.MOST_MEMBERS);
	}

	private void put(int count, MemberStatus status) {
		IntStream.rangeClosed(2, count + 1).forEach((number) -> this.view.put(sighting(uri(number), status, 1)));
	}

	private void copyTo(MemberView other) {
		this.view.snapshot()
			.values()
			.forEach((member) -> other.put(sighting(member.uri(), member.status(), member.incarnation())));
	}

	private static Sighting sighting(MemberUri uri, MemberStatus status, long incarnation) {
		return new Sighting(new Rumor(uri, status, incarnation, null, 0), 0);
	}

	private static Member member(MemberUri uri, MemberStatus status, long incarnation) {
		return new Member(uri, status, incarnation, Map.of(), Instant.EPOCH, null, null, null);
	}

	private static MemberUri uri(int number) {
		return MemberUri.of("10.0." + number / 256 + "." + number % 256, 3301);
	}

}

package io.membership;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.membership.swim.Rumor;
import io.membership.swim.Sighting;
import io.membership.swim.Supplement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What readers see.
 */
class MemberViewTests {

	private static final MemberUri ME = MemberUri.of("me", 1);

	private static final MemberUri OTHER = MemberUri.of("other", 1);

	private final MemberView view = new MemberView(member(ME, 1));

	@Test
	void holdsThisNodeAtFirst() {
		assertThat(this.view.snapshot()).containsOnlyKeys(ME);
	}

	@Test
	void showsWhatWasPut() {
		this.view.put(sighting(OTHER, 1));
		assertThat(this.view.get(OTHER)).isEqualTo(member(OTHER, 1));
		assertThat(this.view.contains(OTHER)).isTrue();
		assertThat(this.view.isAlive(OTHER)).isTrue();
	}

	@Test
	void showsThisNodeAsItIsNow() {
		this.view.put(sighting(ME, 2));
		assertThat(this.view.self().incarnation()).isEqualTo(2);
	}

	@Test
	void anotherMemberIsNotThisNode() {
		this.view.put(sighting(OTHER, 2));
		assertThat(this.view.self().uri()).isEqualTo(ME);
	}

	@Test
	void forgetsWhoIsRemoved() {
		this.view.put(sighting(OTHER, 1));
		this.view.remove(OTHER);
		assertThat(this.view.get(OTHER)).isNull();
		assertThat(this.view.contains(OTHER)).isFalse();
		assertThat(this.view.isAlive(OTHER)).isFalse();
	}

	@Test
	void aSnapshotDoesNotChange() {
		Map<MemberUri, Member> snapshot = this.view.snapshot();
		this.view.put(sighting(OTHER, 1));
		assertThat(snapshot).containsOnlyKeys(ME);
	}

	@Test
	void aSnapshotCannotBeChanged() {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.view.snapshot().clear());
	}

	@Test
	void forgetsEverybodyElse() {
		this.view.put(sighting(OTHER, 1));
		this.view.keepOnly(member(ME, 3));
		assertThat(this.view.snapshot()).containsOnlyKeys(ME);
	}

	@Test
	void mayBeLeftToAnotherUri() {
		this.view.keepOnly(member(OTHER, 3));
		assertThat(this.view.snapshot().keySet()).containsExactly(this.view.self().uri());
	}

	@Test
	void aRenamedNodeIsFoundUnderItsNewUri() {
		this.view.renameSelf(OTHER);
		this.view.put(sighting(OTHER, 5));
		assertThat(this.view.self().incarnation()).isEqualTo(5);
	}

	@Test
	void aRenamedNodeLeavesItsOldUriAMember() {
		this.view.put(sighting(ME, 2));
		this.view.renameSelf(OTHER);
		assertThat(this.view.get(ME)).isEqualTo(member(ME, 2));
		assertThat(this.view.snapshot()).containsOnlyKeys(ME, OTHER);
	}

	@Test
	void whoIsNotAliveIsAMember() {
		this.view.put(new Sighting(new Rumor(OTHER, MemberStatus.SUSPECT, 1, null, 0), 0));
		assertThat(this.view.contains(OTHER)).isTrue();
		assertThat(this.view.isAlive(OTHER)).isFalse();
	}

	@Test
	void thisNodeIsAMember() {
		assertThat(this.view.contains(ME)).isTrue();
		assertThat(this.view.isAlive(ME)).isTrue();
		assertThat(this.view.get(ME)).isSameAs(this.view.self());
	}

	@Test
	void showsTheKeysOfThoseWhoTellThem() {
		Supplement supplement = Supplement.NONE.withKeys(List.of(0x1a2b3c4d, 0x55667788));
		this.view.put(sighting(ME, 1));
		this.view.put(new Sighting(new Rumor(OTHER, MemberStatus.ALIVE, 1, null, 0, supplement), 0));
		assertThat(this.view.keyFingerprints()).isEqualTo(Map.of(OTHER, List.of("1a2b3c4d", "55667788")));
	}

	private static Sighting sighting(MemberUri uri, long incarnation) {
		return new Sighting(new Rumor(uri, MemberStatus.ALIVE, incarnation, null, 0), 0);
	}

	private static Member member(MemberUri uri, long incarnation) {
		return new Member(uri, MemberStatus.ALIVE, incarnation, Map.of(), Instant.EPOCH, null, null, null);
	}

}

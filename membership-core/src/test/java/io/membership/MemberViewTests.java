package io.membership;

import java.time.Instant;
import java.util.Map;

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
		Member other = member(OTHER, 1);
		this.view.put(other);
		assertThat(this.view.get(OTHER)).isSameAs(other);
	}

	@Test
	void showsThisNodeAsItIsNow() {
		this.view.put(member(ME, 2));
		assertThat(this.view.self().incarnation()).isEqualTo(2);
	}

	@Test
	void anotherMemberIsNotThisNode() {
		this.view.put(member(OTHER, 2));
		assertThat(this.view.self().uri()).isEqualTo(ME);
	}

	@Test
	void forgetsWhoIsRemoved() {
		this.view.put(member(OTHER, 1));
		this.view.remove(OTHER);
		assertThat(this.view.get(OTHER)).isNull();
	}

	@Test
	void aSnapshotDoesNotChange() {
		Map<MemberUri, Member> snapshot = this.view.snapshot();
		this.view.put(member(OTHER, 1));
		assertThat(snapshot).containsOnlyKeys(ME);
	}

	@Test
	void aSnapshotCannotBeChanged() {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.view.snapshot().clear());
	}

	@Test
	void forgetsEverybodyElse() {
		this.view.put(member(OTHER, 1));
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
		this.view.put(member(OTHER, 5));
		assertThat(this.view.self().incarnation()).isEqualTo(5);
	}

	@Test
	void aRenamedNodeLeavesItsOldUriAMember() {
		this.view.renameSelf(OTHER);
		assertThat(this.view.get(ME)).isNotNull();
	}

	private static Member member(MemberUri uri, long incarnation) {
		return new Member(uri, MemberStatus.ALIVE, incarnation, Map.of(), Instant.EPOCH, null, null, null);
	}

}

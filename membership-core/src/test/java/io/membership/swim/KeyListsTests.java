package io.membership.swim;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.alive;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members that have the same keys share a list of them.
 */
class KeyListsTests {

	private final KeyLists lists = new KeyLists();

	@Test
	void equalListsAreShared() {
		Rumor first = this.lists.share(withKeys(1, 7, 8));
		Rumor second = this.lists.share(withKeys(2, 7, 8));
		assertThat(second).isEqualTo(withKeys(2, 7, 8));
		assertThat(second.supplement().keys()).isSameAs(first.supplement().keys());
	}

	@Test
	void whatSharesAListAlreadyStaysAsItIs() {
		Rumor first = this.lists.share(withKeys(1, 7, 8));
		assertThat(this.lists.share(first)).isSameAs(first);
	}

	@Test
	void otherListsAreNot() {
		this.lists.share(withKeys(1, 7, 8));
		assertThat(this.lists.share(withKeys(2, 8, 7))).isEqualTo(withKeys(2, 8, 7));
	}

	@Test
	void nothingElseChanges() {
		Rumor rumor = alive(1).with(Supplement.ofSelf(3, 4).withKeys(List.of(5)));
		assertThat(this.lists.share(rumor)).isEqualTo(rumor);
		assertThat(this.lists.share(alive(2))).isEqualTo(alive(2));
	}

	/** Whoever makes up lists fills no memory. */
	@Test
	void onlyTheNewestAreKept() {
		Rumor first = this.lists.share(withKeys(1, 1));
		for (int key = 2; key <= 9; key++) {
			this.lists.share(withKeys(1, key));
		}
		assertThat(this.lists.share(withKeys(1, 1)).supplement().keys()).isNotSameAs(first.supplement().keys());
	}

	private static Rumor withKeys(int member, Integer... keys) {
		return alive(member).with(Supplement.NONE.withKeys(new ArrayList<>(List.of(keys))));
	}

}

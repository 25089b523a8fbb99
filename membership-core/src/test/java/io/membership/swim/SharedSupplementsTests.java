package io.membership.swim;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members that understand the same and have the same keys share what says so.
 */
class SharedSupplementsTests {

	private final SharedSupplements supplements = new SharedSupplements();

	@Test
	void thoseThatSayTheSameAreShared() {
		Supplement first = this.supplements.share(withKeys(3, 7, 8));
		assertThat(this.supplements.share(withKeys(3, 7, 8))).isSameAs(first).isEqualTo(withKeys(3, 7, 8));
	}

	@Test
	void bootIdsAreLeftOut() {
		Supplement first = this.supplements.share(Supplement.ofSelf(3, 4));
		assertThat(this.supplements.share(Supplement.ofSelf(3, 5))).isSameAs(first)
			.isEqualTo(Supplement.ofSelf(3, Supplement.UNKNOWN));
	}

	@Test
	void whatSaysOnlyTheBootIdSaysNothing() {
		assertThat(this.supplements.share(Supplement.ofSelf(Supplement.UNKNOWN, 4))).isSameAs(Supplement.NONE);
	}

	@Test
	void whatIsSharedAlreadyStaysAsItIs() {
		Supplement first = this.supplements.share(withKeys(3, 7, 8));
		assertThat(this.supplements.share(first)).isSameAs(first);
	}

	@Test
	void othersAreNotShared() {
		this.supplements.share(withKeys(3, 7, 8));
		assertThat(this.supplements.share(withKeys(3, 8, 7))).isEqualTo(withKeys(3, 8, 7));
		assertThat(this.supplements.share(withKeys(2, 7, 8))).isEqualTo(withKeys(2, 7, 8));
	}

	/** Whoever makes up abilities or keys fills no memory. */
	@Test
	void onlyTheNewestAreKept() {
		Supplement first = this.supplements.share(withKeys(3, 1));
		for (int key = 2; key <= 9; key++) {
			this.supplements.share(withKeys(3, key));
		}
		assertThat(this.supplements.share(withKeys(3, 1))).isNotSameAs(first);
	}

	private static Supplement withKeys(int abilities, Integer... keys) {
		return Supplement.ofSelf(abilities, Supplement.UNKNOWN).withKeys(new ArrayList<>(List.of(keys)));
	}

}

package io.membership.swim;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a rumor says beyond the reference.
 */
class SupplementTests {

	@ParameterizedTest
	@ValueSource(longs = { 1, Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, Supplement.MAX_BOOT_ID })
	void tellsTheBootId(long bootId) {
		assertThat(Supplement.ofSelf(3, bootId).bootId()).isEqualTo(bootId);
	}

	@ParameterizedTest
	@ValueSource(longs = { Supplement.UNKNOWN, 0, Supplement.MAX_BOOT_ID + 1 })
	void otherNumbersAreUnknown(long bootId) {
		assertThat(Supplement.ofSelf(3, bootId).bootId()).isEqualTo(Supplement.UNKNOWN);
	}

	@Test
	void isEqualToOneThatSaysTheSame() {
		Supplement all = new Supplement(1, 2, List.of(uri(3)), List.of(uri(4)), List.of(5));
		assertThat(new Supplement(1, 2, List.of(uri(3)), List.of(uri(4)), List.of(5))).isEqualTo(all)
			.hasSameHashCodeAs(all)
			.hasToString(all.toString());
		assertThat(List.of(new Supplement(0, 2, List.of(uri(3)), List.of(uri(4)), List.of(5)),
				new Supplement(1, 0, List.of(uri(3)), List.of(uri(4)), List.of(5)),
				new Supplement(1, 2, List.of(), List.of(uri(4)), List.of(5)),
				new Supplement(1, 2, List.of(uri(3)), List.of(), List.of(5)),
				new Supplement(1, 2, List.of(uri(3)), List.of(uri(4)), List.of())))
			.doesNotContain(all);
	}

	@Test
	void canBeReadByPeople() {
		assertThat(Supplement.ofSelf(3, 4))
			.hasToString("Supplement[abilities=3, bootId=4, accusers=[], refused=[], keys=[]]");
	}

}

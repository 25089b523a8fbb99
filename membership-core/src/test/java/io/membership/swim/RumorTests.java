package io.membership.swim;

import java.util.List;
import java.util.stream.Stream;

import io.membership.MemberStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.membership.MemberStatus.ALIVE;
import static io.membership.MemberStatus.DEAD;
import static io.membership.MemberStatus.LEFT;
import static io.membership.MemberStatus.NON_DECRYPTABLE;
import static io.membership.MemberStatus.SUSPECT;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of two statements about a member is the newer (SWIM §4.2), and what is known when
 * it was believed.
 */
class RumorTests {

	private final SharedSupplements supplements = new SharedSupplements();

	@ParameterizedTest
	@MethodSource("allPairsOfStatuses")
	void aLowerIncarnationNeverSupersedes(MemberStatus status, MemberStatus known) {
		assertThat(Rumor.supersedes(status, 4, known, 5)).isFalse();
	}

	@ParameterizedTest
	@MethodSource("allPairsOfStatuses")
	void aHigherIncarnationAlwaysSupersedes(MemberStatus status, MemberStatus known) {
		assertThat(Rumor.supersedes(status, 6, known, 5)).isTrue();
	}

	@ParameterizedTest
	@MethodSource("allPairsOfStatuses")
	void inTheSameIncarnationTheStatusDecides(MemberStatus status, MemberStatus known) {
		assertThat(Rumor.supersedes(status, 5, known, 5)).isEqualTo(status.code() > known.code());
	}

	@Test
	void precedenceGrowsFromAliveToLeft() {
		assertThat(MemberStatus.values()).containsExactly(ALIVE, SUSPECT, DEAD, NON_DECRYPTABLE, LEFT);
	}

	@Test
	void theHighestIncarnationIsTheLargestThatTheReferenceCountsExactly() {
		assertThat(Rumor.MAX_INCARNATION).isEqualTo(9_007_199_254_740_991L);
	}

	@Test
	void whatIsKnownSharesASupplementAndHasItsOwnBootId() {
		Rumor one = alive(1).with(Supplement.ofSelf(3, 4));
		Rumor other = alive(2).with(Supplement.ofSelf(3, Supplement.MAX_BOOT_ID));
		Rumor knownOne = one.asKnownAfter(null, this.supplements);
		Rumor knownOther = other.asKnownAfter(null, this.supplements);
		assertThat(knownOther.supplement()).isSameAs(knownOne.supplement());
		assertThat(knownOne.bootId()).isEqualTo(4);
		assertThat(knownOther.bootId()).isEqualTo(Supplement.MAX_BOOT_ID);
	}

	@Test
	void whatIsKnownIsEqualToWhatWasSaid() {
		Rumor said = alive(1).with(Supplement.ofSelf(3, 4));
		Rumor known = said.asKnownAfter(null, this.supplements);
		assertThat(known).isEqualTo(said).hasSameHashCodeAs(said).isNotEqualTo(alive(1));
		assertThat(known).isNotEqualTo(alive(1).with(Supplement.ofSelf(3, 5)))
			.isNotEqualTo(alive(1).with(Supplement.ofSelf(2, 4)));
		assertThat(known.says(Supplement.ofSelf(3, 4))).isTrue();
		assertThat(known.says(Supplement.ofSelf(3, Supplement.UNKNOWN))).isFalse();
		assertThat(known.with(Supplement.NONE)).isEqualTo(alive(1));
		assertThat(known.withTimeToLive(7).withoutPayload().bootId()).isEqualTo(4);
	}

	@Test
	void whatIsKnownIsKeptWhereARumorDoesNotTell() {
		Rumor known = alive(1).with(Supplement.ofSelf(3, 4).withKeys(List.of(5))).asKnownAfter(null, this.supplements);
		Rumor suspect = rumor(uri(1), SUSPECT, 1).with(Supplement.ofAccusers(List.of(uri(2)), List.of()));
		Rumor after = suspect.asKnownAfter(known, this.supplements);
		assertThat(after.status()).isEqualTo(SUSPECT);
		assertThat(after.says(Supplement.ofSelf(3, 4).withKeys(List.of(5)))).isTrue();
		assertThat(after.supplement()).isSameAs(known.supplement());
	}

	@Test
	void whatIsKnownAlreadyStaysAsItIs() {
		Rumor known = alive(1).with(Supplement.ofSelf(3, 4)).asKnownAfter(null, this.supplements);
		assertThat(known.asKnownAfter(null, this.supplements)).isSameAs(known);
	}

	static Stream<Arguments> allPairsOfStatuses() {
		return Stream.of(MemberStatus.values())
			.flatMap((one) -> Stream.of(MemberStatus.values()).map((other) -> Arguments.of(one, other)));
	}

}

package io.membership.swim;

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
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of two statements about a member is the newer (SWIM §4.2).
 */
class RumorTests {

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

	static Stream<Arguments> allPairsOfStatuses() {
		return Stream.of(MemberStatus.values())
			.flatMap((one) -> Stream.of(MemberStatus.values()).map((other) -> Arguments.of(one, other)));
	}

}

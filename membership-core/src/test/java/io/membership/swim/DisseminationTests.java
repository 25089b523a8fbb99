package io.membership.swim;

import java.util.ArrayList;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a rumor is passed on.
 */
class DisseminationTests {

	private final MemberTable table = new MemberTable(VirtualEnvironment.lonely(), uri(1));

	private MembershipOptions options = MembershipOptions.REFERENCE;

	private final Dissemination dissemination = new Dissemination(() -> this.options, this.table);

	@ParameterizedTest
	@CsvSource({ "0, 2", "1, 2", "2, 3", "3, 3", "4, 4", "5, 4", "7, 4", "8, 5", "15, 5", "16, 6", "100, 8",
			"1024, 12" })
	void aRumorStartsWithTheLogarithmOfTheMembersAndTwo(int members, int timeToLive) {
		assertThat(Dissemination.initialTimeToLive(members)).isEqualTo(timeToLive);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 2", "3, 3", "17, 17" })
	void aRumorIsSentAsOftenAsItsTimeToLiveSays(double timeToLive, int copies) {
		this.dissemination.add(alive(1).withTimeToLive(timeToLive));
		assertThat(sendUntilForgotten()).hasSize(copies);
	}

	@Test
	void everyCopyCarriesOneLessDownToZero() {
		this.dissemination.add(alive(1).withTimeToLive(4));
		assertThat(sendUntilForgotten()).containsExactly(3.0, 2.0, 1.0, 0.0);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, -1, -5, Double.NEGATIVE_INFINITY })
	void aRumorWithoutTimeToLiveIsSentOnceAllTheSame(double timeToLive) {
		this.dissemination.add(alive(1).withTimeToLive(timeToLive));
		assertThat(sendUntilForgotten()).containsExactly(timeToLive - 1);
	}

	@Test
	void aFractionOfATimeToLiveIsCountedDownAsItIs() {
		this.dissemination.add(alive(1).withTimeToLive(1.5));
		assertThat(sendUntilForgotten()).containsExactly(0.5, -0.5);
	}

	@Test
	void aRumorWithAHugeTimeToLiveLives() {
		this.dissemination.add(alive(1).withTimeToLive(1000));
		assertThat(send()).isEqualTo(999);
	}

	@Test
	void aNewRumorReplacesTheOldOneAboutTheSameMember() {
		this.dissemination.add(alive(1).withTimeToLive(4));
		Rumor dead = rumor(uri(1), MemberStatus.DEAD, 1).withTimeToLive(2);
		this.dissemination.add(dead);
		assertThat(this.dissemination.pending()).containsExactly(dead);
	}

	@Test
	void pendingRumorsAreInTheOrderInWhichTheyCame() {
		this.dissemination.add(alive(1));
		this.dissemination.add(alive(2));
		this.dissemination.add(alive(1));
		assertThat(this.dissemination.pending()).extracting(Rumor::uri).containsExactly(uri(2), uri(1));
	}

	@Test
	void lookingDoesNotUseARumorUp() {
		this.dissemination.add(alive(1));
		this.dissemination.copyOf(alive(1));
		assertThat(this.dissemination.about(uri(1))).isNotNull();
	}

	@Test
	void knowsNothingOfOthers() {
		this.dissemination.add(alive(1));
		assertThat(this.dissemination.about(uri(2))).isNull();
	}

	private List<Double> sendUntilForgotten() {
		List<Double> sent = new ArrayList<>();
		while (this.dissemination.size() > 0) {
			sent.add(send());
		}
		return sent;
	}

	private double send() {
		Rumor copy = this.dissemination.copyOf(this.dissemination.pending().iterator().next());
		this.dissemination.sent(copy);
		return copy.timeToLive();
	}

}

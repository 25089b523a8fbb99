package io.membership.swim;

import java.util.Map;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.Member;
import io.membership.MembershipOptions;
import io.membership.MemberStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.payload;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node does with a rumor (SWIM §4.2).
 */
class GossipTests {

	private static final long MY_INCARNATION = 5;

	private final VirtualEnvironment environment = VirtualEnvironment.lonely();

	private final MemberTable table = new MemberTable(this.environment, uri(1));

	private final Dissemination dissemination = new Dissemination(() -> MembershipOptions.REFERENCE, this.table);

	private final Gossip gossip = new Gossip(this.table, this.dissemination,
			new LocalHealth(this.environment, () -> MembershipOptions.REFERENCE),
			new Peers(this.environment, () -> MembershipOptions.REFERENCE, this.table),
			new Identity(this.environment, () -> MembershipOptions.REFERENCE, this.table),
			new DuplicateUri(this.environment, () -> MembershipOptions.REFERENCE, this.table, 1));

	@BeforeEach
	void appear() {
		this.table.adopt(rumor(uri(1), MemberStatus.ALIVE, MY_INCARNATION, payload("me", true)), EVIDENCE);
		this.table.adopt(alive(2), EVIDENCE);
		this.table.adopt(alive(3), EVIDENCE);
	}

	@Nested
	class AboutOthers {

		@Test
		void newsArePassedOnAsTheyCame() {
			Rumor news = rumor(uri(2), MemberStatus.DEAD, 1, payload("k", "v")).withTimeToLive(17);
			hear(news);
			assertThat(pending(2)).isEqualTo(news);
		}

		@Test
		void newsWithoutPayloadArePassedOnWithout() {
			hear(rumor(uri(2), MemberStatus.ALIVE, 2, payload("k", "v")));
			hear(rumor(uri(2), MemberStatus.SUSPECT, 2));
			assertThat(pending(2).payload()).isNull();
		}

		@Test
		void whatIsNotNewsIsNotPassedOn() {
			hear(alive(2).withTimeToLive(9));
			assertThat(pending(2)).isNull();
		}

		@Test
		void oldNewsDoNotReplaceTheNewsThatArePassedOn() {
			Rumor news = rumor(uri(2), MemberStatus.ALIVE, 7).withTimeToLive(3);
			hear(news);
			hear(rumor(uri(2), MemberStatus.LEFT, 6).withTimeToLive(9));
			assertThat(pending(2)).isEqualTo(news);
		}

		@Test
		void whatTheNodeStartsLivesAsLongAsTheMeshIsLarge() {
			gossip().start(uri(2), MemberStatus.SUSPECT, 1, null, EVIDENCE);
			assertThat(pending(2).timeToLive()).isEqualTo(3);
		}

		@Test
		void aNewMemberIsCountedAfterwards() {
			gossip().start(uri(4), MemberStatus.ALIVE, 1, null, EVIDENCE);
			assertThat(pending(4).timeToLive()).isEqualTo(3);
		}

		@Test
		void nobodyGoesBeyondTheHighestIncarnation() {
			gossip().start(uri(2), MemberStatus.ALIVE, Rumor.MAX_INCARNATION + 1, null, EVIDENCE);
			assertThat(pending(2).incarnation()).isEqualTo(Rumor.MAX_INCARNATION);
		}

	}

	@Nested
	class AboutMyself {

		@ParameterizedTest
		@EnumSource(names = "ALIVE", mode = EnumSource.Mode.EXCLUDE)
		void aRumorThatIAmNotAliveIsRefuted(MemberStatus status) {
			hear(rumor(uri(1), status, MY_INCARNATION));
			assertThat(beliefs()).containsExactly(MemberStatus.ALIVE, MY_INCARNATION + 1);
		}

		@ParameterizedTest
		@EnumSource(names = "ALIVE", mode = EnumSource.Mode.EXCLUDE)
		void aRefutationIsOneAboveTheRumorNotAboveMe(MemberStatus status) {
			hear(rumor(uri(1), status, 40));
			assertThat(beliefs()).containsExactly(MemberStatus.ALIVE, 41L);
		}

		@ParameterizedTest
		@EnumSource(names = "ALIVE", mode = EnumSource.Mode.EXCLUDE)
		void aRumorOfAnEarlierIncarnationIsIgnored(MemberStatus status) {
			hear(rumor(uri(1), status, MY_INCARNATION - 1));
			assertThat(beliefs()).containsExactly(MemberStatus.ALIVE, MY_INCARNATION);
		}

		@Test
		void aRumorThatIAmAliveLaterThanIKnowIsTopped() {
			hear(rumor(uri(1), MemberStatus.ALIVE, MY_INCARNATION + 1));
			assertThat(beliefs()).containsExactly(MemberStatus.ALIVE, MY_INCARNATION + 2);
		}

		@Test
		void aRumorThatIAmWhatIAmIsIgnored() {
			hear(rumor(uri(1), MemberStatus.ALIVE, MY_INCARNATION));
			assertThat(beliefs()).containsExactly(MemberStatus.ALIVE, MY_INCARNATION);
		}

		@Test
		void aRumorThatIWasAliveIsIgnored() {
			hear(rumor(uri(1), MemberStatus.ALIVE, MY_INCARNATION - 1));
			assertThat(beliefs()).containsExactly(MemberStatus.ALIVE, MY_INCARNATION);
		}

		@Test
		void whatIsIgnoredIsNotPassedOn() {
			hear(rumor(uri(1), MemberStatus.ALIVE, MY_INCARNATION));
			assertThat(pending(1)).isNull();
		}

		@Test
		void aNodeThatSuspectsItselfRefutesTheSameRumorOfOthers() {
			gossip().start(uri(1), MemberStatus.SUSPECT, MY_INCARNATION, null, EVIDENCE);
			hear(rumor(uri(1), MemberStatus.SUSPECT, MY_INCARNATION));
			assertThat(beliefs()).containsExactly(MemberStatus.ALIVE, MY_INCARNATION + 1);
		}

		@Test
		void thePayloadOfARefutedRumorIsNotTaken() {
			hear(rumor(uri(1), MemberStatus.DEAD, 9, payload("me", "somebody else")));
			assertThat(myself().payload()).isEqualTo(Map.of("me", true));
		}

		@Test
		void thePayloadOfAToppedRumorIsNotTaken() {
			hear(rumor(uri(1), MemberStatus.ALIVE, 9, payload("me", "somebody else")));
			assertThat(myself().payload()).isEqualTo(Map.of("me", true));
		}

		@Test
		void aRefutationCarriesMyPayloadAndLivesAsLongAsThereAreMembers() {
			hear(rumor(uri(1), MemberStatus.DEAD, MY_INCARNATION));
			assertThat(pending(1))
				.isEqualTo(new Rumor(uri(1), MemberStatus.ALIVE, MY_INCARNATION + 1, payload("me", true), 3));
		}

		@Test
		void aRefutationNamesWhoSaidIt() {
			gossip().hear(rumor(uri(1), MemberStatus.DEAD, MY_INCARNATION), Evidence.reported(Cause.RUMOR, uri(3)));
			assertThat(GossipTests.this.environment.events()).last()
				.extracting("evidence")
				.isEqualTo(Evidence.reported(Cause.REFUTED, uri(3)));
		}

		@Test
		void theLastRefutableRumorIsRefuted() {
			hear(rumor(uri(1), MemberStatus.DEAD, Rumor.MAX_INCARNATION - 1));
			assertThat(beliefs()).containsExactly(MemberStatus.ALIVE, Rumor.MAX_INCARNATION);
		}

		@ParameterizedTest
		@EnumSource
		void aRumorWithTheHighestIncarnationChangesNothing(MemberStatus status) {
			hear(rumor(uri(1), status, Rumor.MAX_INCARNATION));
			assertThat(beliefs()).containsExactly(MemberStatus.ALIVE, MY_INCARNATION);
		}

		private Object[] beliefs() {
			return new Object[] { myself().status(), myself().incarnation() };
		}

	}

	private void hear(Rumor rumor) {
		this.gossip.hear(rumor, Evidence.reported(Cause.RUMOR, uri(2)));
	}

	private Gossip gossip() {
		return this.gossip;
	}

	private Rumor pending(int number) {
		PendingRumor pending = this.dissemination.about(uri(number));
		return (pending != null) ? pending.rumor() : null;
	}

	private Member myself() {
		return this.environment.view().get(uri(1));
	}

}

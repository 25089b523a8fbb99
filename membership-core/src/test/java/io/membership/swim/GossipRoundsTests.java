package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * When rumors are passed on between the probes, and to whom.
 */
class GossipRoundsTests {

	private static final MemberUri ME = uri(1);

	private static final Duration PERIOD = MembershipOptions.REFERENCE.gossipPeriod();

	private static final Duration INSTANT = Duration.ofNanos(1);

	private final List<MemberUri> recipients = new ArrayList<>();

	private final List<Message> sent = new ArrayList<>();

	private final VirtualEnvironment environment = new VirtualEnvironment(new VirtualTime(), new SplittableRandom(5),
			this::post);

	private MembershipOptions options = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.GOSSIP))
		.build();

	private final MemberTable table = new MemberTable(this.environment, ME);

	private final Dissemination dissemination = new Dissemination(() -> this.options, this.table);

	private final Peers peers = new Peers(this.environment, () -> this.options, this.table);

	private final GossipRounds rounds = new GossipRounds(this.environment, () -> this.options, this.table,
			this.dissemination,
			new Messenger(this.environment, () -> this.options, this.table, this.dissemination, this.peers), this.peers,
			new Awakening(this.environment, () -> this.options, this.table, this.dissemination,
					new LocalHealth(this.environment, () -> this.options), (suspect) -> {
					}));

	private SendResult post(MemberUri to, Message message, byte[] datagram) {
		this.recipients.add(to);
		this.sent.add(message);
		return SendResult.SENT;
	}

	@BeforeEach
	void begin() {
		know(alive(1));
		this.dissemination.whenAdded(this.rounds::wake);
		this.rounds.begin();
	}

	@Test
	void newsAreToldAtOnceToThreeOthers() {
		knowAlive(2, 20);
		tell(alive(4));
		advance(INSTANT);
		assertThat(this.recipients).hasSize(3).doesNotHaveDuplicates().doesNotContain(ME);
	}

	@Test
	void newsAreToldWhenWhatBroughtThemIsReadToItsEnd() {
		knowAlive(2, 20);
		tell(alive(4));
		tell(alive(5));
		assertThat(this.sent).isEmpty();
		advance(INSTANT);
		assertThat(this.sent).hasSize(3).allSatisfy((message) -> assertThat(message.events()).hasSize(2));
	}

	@Test
	void theNextRoundIsAPeriodLater() {
		knowAlive(2, 20);
		tell(alive(4));
		advance(PERIOD.minus(INSTANT));
		assertThat(this.sent).hasSize(3);
		advance(INSTANT);
		assertThat(this.sent).hasSize(6);
	}

	@Test
	void newsBetweenTwoRoundsWaitForTheNext() {
		knowAlive(2, 3);
		tell(alive(2));
		advance(PERIOD.multipliedBy(3).minus(INSTANT));
		assertThat(this.sent).as("all copies of the first").hasSize(6);
		advance(PERIOD.multipliedBy(4).plus(INSTANT));
		this.sent.clear();
		tell(alive(2));
		advance(INSTANT);
		tell(alive(3));
		advance(PERIOD.minus(INSTANT.multipliedBy(2)));
		assertThat(this.sent).hasSize(2).allSatisfy((message) -> assertThat(message.events()).hasSize(1));
		advance(INSTANT);
		assertThat(this.sent).hasSize(4);
	}

	@Test
	void aChangedPeriodCountsFromTheNextRound() {
		knowAlive(2, 20);
		tell(alive(4));
		this.options = this.options.toBuilder().gossipPeriod(PERIOD.multipliedBy(10)).build();
		advance(PERIOD.multipliedBy(5));
		assertThat(this.sent).hasSize(3);
		advance(PERIOD.multipliedBy(5));
		assertThat(this.sent).hasSize(6);
	}

	@Test
	void theyEndWhenAllCopiesAreSent() {
		knowAlive(2, 8);
		tell(alive(4));
		advance(Duration.ofMinutes(1));
		assertThat(this.sent).hasSize(12);
		assertNothingIsScheduled();
	}

	@Test
	void withoutNewsNothingIsScheduled() {
		knowAlive(2, 20);
		assertNothingIsScheduled();
	}

	@Test
	void everybodyIsToldSoonerOrLater() {
		knowAlive(2, 20);
		for (int i = 0; i < 20; i++) {
			tell(alive(4));
			advance(Duration.ofMinutes(1));
		}
		assertThat(Set.copyOf(this.recipients)).hasSize(19);
	}

	@Test
	void fewOthersAreAllTold() {
		knowAlive(2, 3);
		tell(alive(2));
		advance(INSTANT);
		assertThat(this.recipients).containsExactlyInAnyOrder(uri(2), uri(3));
	}

	@Test
	void whoeverUnderstandsItGetsGossip() {
		know(alive(2).with(Supplement.ofSelf(Ability.GOSSIP.bit(), 7)));
		tell(alive(2));
		advance(INSTANT);
		assertThat(this.sent).containsExactly(new Message.Gossip(ME, List.of(alive(2).withTimeToLive(1))));
	}

	@Test
	void allOthersGetALeaveInTheNameOfThisNode() {
		know(alive(2));
		tell(alive(2));
		advance(INSTANT);
		assertThat(this.sent).containsExactly(new Message.Leave(ME, List.of(alive(2).withTimeToLive(1))));
	}

	@ParameterizedTest
	@EnumSource(names = { "ALIVE", "SUSPECT" })
	void whoMayLiveIsTold(MemberStatus status) {
		know(rumor(uri(2), status, 1));
		tell(alive(3));
		advance(INSTANT);
		assertThat(this.recipients).containsExactly(uri(2));
	}

	@ParameterizedTest
	@EnumSource(names = { "ALIVE", "SUSPECT" }, mode = EnumSource.Mode.EXCLUDE)
	void whoIsGoneIsNotTold(MemberStatus status) {
		know(rumor(uri(2), status, 1));
		tell(alive(3));
		advance(Duration.ofMinutes(1));
		assertThat(this.recipients).isEmpty();
	}

	@Test
	void whoHasJustDiedIsToldAsLongAsOthersAre() {
		Rumor dead = rumor(uri(2), MemberStatus.DEAD, 1);
		know(dead);
		tell(dead);
		advance(INSTANT);
		assertThat(this.recipients).containsExactly(uri(2));
		this.dissemination.forget(this.dissemination.about(uri(2)));
		tell(alive(3));
		advance(Duration.ofMinutes(1));
		assertThat(this.recipients).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "NON_DECRYPTABLE", "LEFT" })
	void whoHasJustGoneOtherwiseIsNotTold(MemberStatus status) {
		know(rumor(uri(2), status, 1));
		tell(rumor(uri(2), status, 1));
		advance(Duration.ofMinutes(1));
		assertThat(this.recipients).isEmpty();
	}

	@Test
	void whoIsAloneWaitsForSomebodyToCome() {
		tell(alive(1));
		advance(Duration.ofMinutes(1));
		assertNothingIsScheduled();
		know(alive(2));
		tell(alive(2));
		advance(INSTANT);
		assertThat(this.sent).singleElement().satisfies((message) -> assertThat(message.events()).hasSize(2));
	}

	@Test
	void aRumorThatFitsNoDatagramDoesNotKeepThemGoing() {
		knowAlive(2, 20);
		tell(rumor(uri(4), MemberStatus.ALIVE, 2, Samples.payloadOfSize(1500)));
		advance(Duration.ofMinutes(1));
		assertThat(this.sent).isEmpty();
		assertNothingIsScheduled();
	}

	@Test
	void withTheExtensionOffThereAreNone() {
		knowAlive(2, 20);
		this.options = MembershipOptions.REFERENCE;
		tell(alive(4));
		assertNothingIsScheduled();
	}

	@Test
	void theyEndWhenTheExtensionIsSwitchedOff() {
		knowAlive(2, 20);
		tell(alive(4));
		advance(INSTANT);
		this.options = MembershipOptions.REFERENCE;
		advance(Duration.ofMinutes(1));
		assertThat(this.sent).hasSize(3);
		assertNothingIsScheduled();
	}

	@Test
	void theyBeginWhenTheExtensionIsSwitchedOn() {
		MembershipOptions on = this.options;
		knowAlive(2, 20);
		this.options = MembershipOptions.REFERENCE;
		tell(alive(4));
		this.options = on;
		this.rounds.wake();
		advance(INSTANT);
		assertThat(this.sent).hasSize(3);
	}

	@Test
	void afterTheEndThereAreNone() {
		knowAlive(2, 20);
		tell(alive(4));
		this.rounds.stop();
		tell(alive(5));
		advance(Duration.ofMinutes(1));
		assertThat(this.sent).isEmpty();
	}

	@Test
	void whatCameBeforeTheBeginningIsToldThen() {
		knowAlive(2, 20);
		this.rounds.stop();
		tell(alive(4));
		this.rounds.begin();
		advance(INSTANT);
		assertThat(this.sent).hasSize(3);
	}

	private void know(Rumor rumor) {
		this.table.adopt(rumor, EVIDENCE);
	}

	private void knowAlive(int first, int last) {
		for (int i = first; i <= last; i++) {
			know(alive(i));
		}
	}

	private void tell(Rumor rumor) {
		this.dissemination.add(rumor.withTimeToLive(5));
	}

	private void advance(Duration duration) {
		this.environment.time().advance(duration);
	}

	private void assertNothingIsScheduled() {
		assertThat(this.environment.time().stepWithin(Duration.ofDays(1))).isFalse();
	}

}

package io.membership;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.membership.Evidence.Cause;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left of many changes of one member.
 */
class MergedChangeTests {

	private static final Evidence FIRST = Evidence.own(Cause.STARTED);

	private static final Evidence LAST = Evidence.own(Cause.REQUESTED);

	private static final Map<String, Object> OLD = Map.of("k", "old");

	private static final Map<String, Object> NEW = Map.of("k", "new");

	@Test
	void oneChangeIsThatChange() {
		MembershipEvent event = status(member(MemberStatus.DEAD, 1, OLD), MemberStatus.SUSPECT);
		assertThat(merged(event)).containsExactly(event);
	}

	@Test
	void severalChangesOfStatusAreOneFromTheFirstToTheLast() {
		Member dead = member(MemberStatus.DEAD, 1, OLD);
		assertThat(merged(status(member(MemberStatus.SUSPECT, 1, OLD), MemberStatus.ALIVE),
				status(dead, MemberStatus.SUSPECT)))
			.containsExactly(new MemberStatusChangedEvent(dead, MemberStatus.ALIVE, LAST));
	}

	@Test
	void thereAndBackIsAChangeOfTheIncarnationAtMost() {
		Member refuted = member(MemberStatus.ALIVE, 2, OLD);
		assertThat(merged(status(member(MemberStatus.SUSPECT, 1, OLD), MemberStatus.ALIVE),
				status(refuted, MemberStatus.SUSPECT)))
			.containsExactly(new MemberIncarnationChangedEvent(refuted, 1, LAST));
	}

	@Test
	void severalPayloadsAreOneChangeFromTheFirstToTheLast() {
		Map<String, Object> between = Map.of("k", "between");
		Member last = member(MemberStatus.ALIVE, 3, NEW);
		assertThat(merged(payload(member(MemberStatus.ALIVE, 2, between), OLD), payload(last, between)))
			.containsExactly(new MemberPayloadChangedEvent(last, OLD, LAST));
	}

	@Test
	void aPayloadThatIsBackIsNoChangeOfThePayload() {
		assertThat(merged(payload(member(MemberStatus.ALIVE, 2, NEW), OLD),
				payload(member(MemberStatus.ALIVE, 3, OLD), NEW)))
			.noneMatch(MemberPayloadChangedEvent.class::isInstance);
	}

	@Test
	void aRumorThatChangesStatusAndPayloadIsBoth() {
		Member after = member(MemberStatus.ALIVE, 2, NEW);
		assertThat(merged(status(after, MemberStatus.DEAD), payload(after, OLD))).containsExactly(
				new MemberStatusChangedEvent(after, MemberStatus.DEAD, LAST),
				new MemberPayloadChangedEvent(after, OLD, LAST));
	}

	@Test
	void aStatusThatChangesAfterThePayloadIsBoth() {
		Member after = member(MemberStatus.SUSPECT, 2, NEW);
		assertThat(merged(payload(member(MemberStatus.ALIVE, 2, NEW), OLD), status(after, MemberStatus.ALIVE)))
			.containsExactly(new MemberStatusChangedEvent(after, MemberStatus.ALIVE, LAST),
					new MemberPayloadChangedEvent(after, OLD, LAST));
	}

	@Test
	void aNewMemberIsNewWhateverFollowed() {
		Member after = member(MemberStatus.SUSPECT, 2, NEW);
		assertThat(merged(status(member(MemberStatus.ALIVE, 1, OLD), null), payload(after, OLD)))
			.containsExactly(new MemberStatusChangedEvent(after, null, LAST));
	}

	@Test
	void aNewMemberThatIsRemovedIsNothing() {
		Member member = member(MemberStatus.ALIVE, 1, OLD);
		assertThat(merged(status(member, null), new MemberRemovedEvent(member, LAST))).isEmpty();
	}

	@Test
	void aKnownMemberThatIsRemovedIsRemoved() {
		Member member = member(MemberStatus.DEAD, 1, OLD);
		MembershipEvent removed = new MemberRemovedEvent(member, LAST);
		assertThat(merged(status(member, MemberStatus.SUSPECT), removed)).containsExactly(removed);
	}

	@Test
	void aRemovedMemberThatIsBackHasChanged() {
		Member back = member(MemberStatus.ALIVE, 1, NEW);
		assertThat(merged(new MemberRemovedEvent(member(MemberStatus.DEAD, 4, OLD), FIRST), status(back, null)))
			.containsExactly(new MemberStatusChangedEvent(back, MemberStatus.DEAD, LAST),
					new MemberPayloadChangedEvent(back, OLD, LAST));
	}

	@Test
	void nothingButAnIncarnationIsThatFromTheFirstToTheLast() {
		Member last = member(MemberStatus.ALIVE, 9, OLD);
		assertThat(merged(new MemberIncarnationChangedEvent(member(MemberStatus.ALIVE, 5, OLD), 2, FIRST),
				new MemberIncarnationChangedEvent(last, 5, LAST)))
			.containsExactly(new MemberIncarnationChangedEvent(last, 2, LAST));
	}

	private static List<MembershipEvent> merged(MembershipEvent... events) {
		MergedChange change = new MergedChange(events[0]);
		for (int i = 1; i < events.length; i++) {
			change.add(events[i]);
		}
		return change.events();
	}

	private static MembershipEvent status(Member after, @Nullable MemberStatus previous) {
		return new MemberStatusChangedEvent(after, previous, LAST);
	}

	private static MembershipEvent payload(Member after, Map<String, Object> previous) {
		return new MemberPayloadChangedEvent(after, previous, LAST);
	}

	private static Member member(MemberStatus status, long incarnation, Map<String, Object> payload) {
		return new Member(MemberUri.of("h", 1), status, incarnation, payload, Instant.EPOCH, null, null, null);
	}

}

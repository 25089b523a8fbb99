package io.membership.swim;

import java.time.Duration;
import java.util.Set;

import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Incarnations that follow the wall clock.
 */
class IdentityTests {

	private static final long LEAP = 1L << 40;

	private static final long MINE = 7;

	private final VirtualEnvironment environment = VirtualEnvironment.lonely();

	private final MemberTable table = new MemberTable(this.environment, uri(1));

	private MembershipOptions options = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.IDENTITY))
		.build();

	private final Identity identity = new Identity(this.environment, () -> this.options, this.table);

	@BeforeEach
	void appear() {
		this.table.adopt(rumor(uri(1), MemberStatus.ALIVE, MINE), EVIDENCE);
		this.table.adopt(rumor(uri(2), MemberStatus.ALIVE, 3).with(Supplement.ofSelf(Supplement.UNKNOWN, 99)),
				EVIDENCE);
		this.table.adopt(rumor(uri(3), MemberStatus.ALIVE, 3), EVIDENCE);
	}

	@Test
	void theFirstIncarnationIsTheTimeInSeconds() {
		this.environment.time().advance(Duration.ofMillis(4999));
		assertThat(this.identity.first(1)).isEqualTo(1_700_000_004L);
	}

	@Test
	void theFirstIncarnationIsNoneThatOthersWouldNotBelieve() {
		assertThat(this.identity.first(1_700_000_001L)).isEqualTo(1_700_000_001L);
	}

	@Test
	void aClockBeforeTheEpochIsNoClock() {
		this.environment.setClockAhead(Duration.ofDays(-365 * 60));
		assertThat(this.identity.first(1)).isEqualTo(1);
	}

	@Test
	void withoutTheExtensionTheClockDoesNotMatter() {
		this.options = MembershipOptions.REFERENCE;
		assertThat(this.identity.first(1)).isEqualTo(1);
	}

	@Test
	void aRumorAboutThisNodeFarAheadIsRefusedAndCounted() {
		assertThat(refuses(1, MINE + LEAP + 1)).isTrue();
		assertThat(this.environment.counts().dropped()).containsExactly(DropReason.IMPLAUSIBLE);
	}

	@Test
	void theHighestIncarnationIsFarAhead() {
		assertThat(refuses(1, Rumor.MAX_INCARNATION)).isTrue();
	}

	@Test
	void whatIsNotFarAheadIsNotRefused() {
		assertThat(refuses(1, MINE + LEAP)).isFalse();
		assertThat(this.environment.counts().dropped()).isEmpty();
	}

	@Test
	void aRumorAboutWhoeverWouldRefuseItIsRefused() {
		assertThat(refuses(2, 3 + LEAP + 1)).isTrue();
		assertThat(refuses(2, 3 + LEAP)).isFalse();
	}

	@Test
	void aNodeOfTheReferenceMayHaveFollowed() {
		assertThat(refuses(3, Rumor.MAX_INCARNATION)).isFalse();
	}

	@Test
	void soMayWhoIsUnknown() {
		assertThat(refuses(4, Rumor.MAX_INCARNATION)).isFalse();
	}

	@Test
	void withoutTheExtensionNothingIsRefused() {
		this.options = MembershipOptions.REFERENCE;
		assertThat(refuses(1, Rumor.MAX_INCARNATION)).isFalse();
	}

	private boolean refuses(int number, long incarnation) {
		return this.identity.refuses(rumor(uri(number), MemberStatus.DEAD, incarnation));
	}

}

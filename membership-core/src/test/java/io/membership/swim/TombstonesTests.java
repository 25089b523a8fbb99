package io.membership.swim;

import java.time.Duration;

import io.membership.MemberStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.membership.swim.Samples.payload;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left of members that were forgotten.
 */
class TombstonesTests {

	/** So that time overflows within the tests. */
	private final long now = Long.MAX_VALUE - 5;

	private static final Duration LIFETIME = Duration.ofNanos(10);

	private final Tombstones tombstones = new Tombstones();

	@ParameterizedTest
	@CsvSource({ "ALIVE, 5, true", "SUSPECT, 5, true", "DEAD, 5, true", "LEFT, 4, true", "ALIVE, 1, true",
			"LEFT, 5, false", "NON_DECRYPTABLE, 5, false", "ALIVE, 6, false", "DEAD, 6, false" })
	void onlyNewerRumorsAreNotRefused(MemberStatus status, long incarnation, boolean refused) {
		this.tombstones.add(rumor(uri(2), MemberStatus.DEAD, 5), this.now);
		assertThat(this.tombstones.refuse(rumor(uri(2), status, incarnation), this.now)).isEqualTo(refused);
	}

	@Test
	void nobodyElseIsRefused() {
		this.tombstones.add(rumor(uri(2), MemberStatus.DEAD, 5), this.now);
		assertThat(this.tombstones.refuse(rumor(uri(3), MemberStatus.ALIVE, 1), this.now)).isFalse();
	}

	@Test
	void theTombstoneTellsWhyItRefuses() {
		this.tombstones.add(rumor(uri(2), MemberStatus.LEFT, 5), this.now);
		assertThat(this.tombstones.refusing(rumor(uri(2), MemberStatus.ALIVE, 5)))
			.isEqualTo(rumor(uri(2), MemberStatus.LEFT, 5));
		assertThat(this.tombstones.refusing(rumor(uri(2), MemberStatus.ALIVE, 6))).isNull();
	}

	@Test
	void noMoreThanNecessaryIsKept() {
		this.tombstones.add(new Rumor(uri(2), MemberStatus.DEAD, 5, payload("k", "v"), 7, Supplement.ofSelf(1, 2)),
				this.now);
		assertThat(this.tombstones.of(uri(2))).isEqualTo(rumor(uri(2), MemberStatus.DEAD, 5));
	}

	@Test
	void theyExpire() {
		this.tombstones.add(rumor(uri(2), MemberStatus.DEAD, 5), this.now);
		this.tombstones.add(rumor(uri(3), MemberStatus.DEAD, 5), this.now + 1);
		this.tombstones.expire(this.now + 9, LIFETIME);
		assertThat(this.tombstones.size()).isEqualTo(2);
		this.tombstones.expire(this.now + 10, LIFETIME);
		assertThat(this.tombstones.of(uri(2))).isNull();
		assertThat(this.tombstones.size()).isEqualTo(1);
	}

	@Test
	void oneThatIsOfUseLastsLonger() {
		this.tombstones.add(rumor(uri(2), MemberStatus.DEAD, 5), this.now);
		this.tombstones.add(rumor(uri(3), MemberStatus.DEAD, 5), this.now);
		this.tombstones.refuse(rumor(uri(2), MemberStatus.DEAD, 5), this.now + 8);
		this.tombstones.expire(this.now + 17, LIFETIME);
		assertThat(this.tombstones.of(uri(2))).isNotNull();
		assertThat(this.tombstones.of(uri(3))).isNull();
		this.tombstones.expire(this.now + 18, LIFETIME);
		assertThat(this.tombstones.size()).isZero();
	}

	@Test
	void toAskIsNotToUse() {
		this.tombstones.add(rumor(uri(2), MemberStatus.DEAD, 5), this.now);
		this.tombstones.refusing(rumor(uri(2), MemberStatus.DEAD, 5));
		this.tombstones.expire(this.now + 10, LIFETIME);
		assertThat(this.tombstones.size()).isZero();
	}

	@Test
	void beyondTheLimitTheOneOfLeastUseGivesWay() {
		for (int i = 0; i < Tombstones.MOST; i++) {
			this.tombstones.add(rumor(uri(i), MemberStatus.DEAD, 1), this.now);
		}
		this.tombstones.refuse(rumor(uri(0), MemberStatus.DEAD, 1), this.now);
		this.tombstones.add(rumor(uri(Tombstones.MOST), MemberStatus.DEAD, 1), this.now);
		assertThat(this.tombstones.size()).isEqualTo(Tombstones.MOST);
		assertThat(this.tombstones.of(uri(0))).isNotNull();
		assertThat(this.tombstones.of(uri(1))).isNull();
	}

}

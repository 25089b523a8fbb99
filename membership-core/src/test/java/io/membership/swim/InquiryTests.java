package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asking those who may be alive after all.
 */
class InquiryTests {

	private static final Duration A_MOMENT = MembershipOptions.REFERENCE.ackTimeout();

	private static final Duration PERIOD = MembershipOptions.REFERENCE.protocolPeriod();

	private final VirtualEnvironment environment = VirtualEnvironment.lonely();

	private final Tombstones tombstones = new Tombstones();

	private final List<MemberUri> asked = new ArrayList<>();

	private final Inquiry inquiry = new Inquiry(this.environment, () -> MembershipOptions.REFERENCE, this.tombstones,
			this.asked::add);

	@Test
	void oneInDoubtIsAskedAMomentLater() {
		doubt(2);
		assertThat(this.asked).isEmpty();
		run(A_MOMENT);
		assertThat(this.asked).containsExactly(uri(2));
	}

	@Test
	void oneIsAskedInEachPeriod() {
		for (int number = 2; number < 7; number++) {
			doubt(number);
		}
		run(A_MOMENT);
		for (int count = 1; count <= 5; count++) {
			assertThat(this.asked).hasSize(count);
			run(PERIOD);
		}
		assertThat(this.asked).containsExactlyInAnyOrder(uri(2), uri(3), uri(4), uri(5), uri(6));
	}

	@Test
	void theOrderIsRandom() {
		for (int number = 2; number < 22; number++) {
			doubt(number);
		}
		run(PERIOD.multipliedBy(20));
		assertThat(this.asked).hasSize(20).isNotEqualTo(this.asked.stream().sorted().toList());
		assertThat(this.asked.get(0)).isNotEqualTo(uri(2));
	}

	@Test
	void nobodyIsAskedTwiceForOneDoubt() {
		doubt(2);
		doubt(2);
		run(PERIOD.multipliedBy(5));
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void aNewDoubtMustWaitForThePeriod() {
		doubt(2);
		run(A_MOMENT);
		doubt(2);
		run(PERIOD.minusMillis(1));
		assertThat(this.asked).hasSize(1);
		run(Duration.ofMillis(1));
		assertThat(this.asked).hasSize(2);
	}

	@Test
	void whoCameBackMeanwhileIsNotAsked() {
		doubt(2);
		this.tombstones.remove(uri(2));
		run(PERIOD);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void theyAreNotTooMany() {
		for (int number = 2; number < 1000; number++) {
			doubt(number);
		}
		run(PERIOD.multipliedBy(1000));
		assertThat(this.asked).hasSize(Inquiry.MOST_WAITING);
	}

	@Test
	void whoStoppedAsksNobody() {
		doubt(2);
		this.inquiry.stop();
		run(PERIOD);
		assertThat(this.asked).isEmpty();
	}

	private void doubt(int number) {
		this.tombstones.add(rumor(uri(number), MemberStatus.DEAD, 1), this.environment.nanoTime());
		this.inquiry.doubt(uri(number));
	}

	private void run(Duration duration) {
		this.environment.time().advance(duration);
	}

}

package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes with one URI.
 */
class DuplicateUriTests {

	private static final MemberUri ME = uri(1);

	private static final long MY_BOOT_ID = 11;

	private static final long OTHER = 22;

	private static final Duration SECOND = Duration.ofSeconds(1);

	private MembershipOptions options = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.IDENTITY))
		.build();

	/** What one process makes of rumors, without another that would answer. */
	private final VirtualEnvironment environment = VirtualEnvironment.lonely();

	private final DuplicateUri duplicate = new DuplicateUri(this.environment, () -> this.options,
			new MemberTable(this.environment, ME), MY_BOOT_ID);

	@Test
	void whoRisesEachTimeIsAlive() {
		almostFind(OTHER);
		assertThat(this.duplicate.isFound()).isFalse();
		assertThat(mayTop(OTHER)).isTrue();
		assertThat(this.duplicate.isFound()).isTrue();
	}

	@Test
	void aPredecessorThatAFewPartsOfAMeshRememberIsNone() {
		almostFind(OTHER);
		this.environment.time().advance(DuplicateUri.QUIET.plus(SECOND));
		almostFind(OTHER);
		assertThat(this.duplicate.isFound()).isFalse();
	}

	@Test
	void predecessorsDoNotAddUp() {
		for (long bootId = 100; bootId < 150; bootId++) {
			almostFind(bootId);
		}
		assertThat(this.duplicate.isFound()).isFalse();
	}

	@Test
	void amongManyOneThatIsAliveIsFound() {
		for (long bootId = 100; bootId < 150; bootId++) {
			mayTop(bootId);
			mayTop(OTHER);
		}
		assertThat(this.duplicate.isFound()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(longs = { MY_BOOT_ID, Supplement.UNKNOWN })
	void whoIsNoOtherProcessIsNone(long bootId) {
		for (int i = 0; i < 10; i++) {
			assertThat(mayTop(bootId)).isTrue();
		}
		assertThat(this.duplicate.isFound()).isFalse();
	}

	@Test
	void withoutTheExtensionNobodyLooks() {
		this.options = MembershipOptions.REFERENCE;
		for (int i = 0; i < 10; i++) {
			assertThat(mayTop(OTHER)).isTrue();
		}
		assertThat(this.duplicate.isFound()).isFalse();
	}

	@Test
	void itIsForgottenWhenTheExtensionIsSwitchedOff() {
		find();
		this.options = MembershipOptions.REFERENCE;
		assertThat(this.duplicate.isFound()).isFalse();
		assertThat(mayTop(OTHER)).isTrue();
	}

	@Test
	void datagramsInMyNameOfAnotherProcessAreSignsOfLife() {
		for (int i = 0; i < DuplicateUri.PROOF; i++) {
			assertThat(this.duplicate.isFound()).isFalse();
			this.duplicate.hear(datagram(ME, OTHER));
		}
		assertThat(this.duplicate.isFound()).isTrue();
	}

	@Test
	void myOwnDatagramsAndThoseOfOthersAreNone() {
		for (int i = 0; i < 10; i++) {
			this.duplicate.hear(datagram(ME, MY_BOOT_ID));
			this.duplicate.hear(datagram(uri(2), OTHER));
		}
		assertThat(this.duplicate.isFound()).isFalse();
	}

	@Test
	void oneDatagramIsOneSignOfLife() {
		for (int i = 1; i < DuplicateUri.PROOF; i++) {
			this.duplicate.hear(datagram(ME, OTHER));
			this.duplicate.mayTop(aboutMe(OTHER), ME);
		}
		assertThat(this.duplicate.isFound()).isFalse();
	}

	@Test
	void theOtherIsToppedLessAndLessOften() {
		find();
		int topped = 0;
		for (int second = 0; second < 600; second++) {
			this.environment.time().advance(SECOND);
			topped += mayTop(OTHER) ? 1 : 0;
		}
		int pausesOf1To32Seconds = 6;
		int pausesOfAMinute = (600 - 63) / 60;
		assertThat(topped).isEqualTo(pausesOf1To32Seconds + pausesOfAMinute);
	}

	@Test
	void soIsWhatOthersSayOfItWithoutNamingIt() {
		find();
		assertThat(mayTop(Supplement.UNKNOWN)).isFalse();
	}

	@Test
	void itIsForgottenWhenItIsQuiet() {
		find();
		this.environment.time().advance(DuplicateUri.QUIET);
		assertThat(this.duplicate.isFound()).isTrue();
		this.environment.time().advance(SECOND);
		assertThat(this.duplicate.isFound()).isFalse();
		almostFind(OTHER);
		assertThat(this.duplicate.isFound()).isFalse();
	}

	private void find() {
		almostFind(OTHER);
		mayTop(OTHER);
	}

	private void almostFind(long bootId) {
		for (int i = 1; i < DuplicateUri.PROOF; i++) {
			assertThat(mayTop(bootId)).isTrue();
		}
	}

	private boolean mayTop(long bootId) {
		return this.duplicate.mayTop(aboutMe(bootId), uri(2));
	}

	private static Message datagram(MemberUri sender, long bootId) {
		return new Message.Ping(sender, ProbeData.of(ME, ME, 1), List.of(aboutMe(bootId)));
	}

	private static Rumor aboutMe(long bootId) {
		return rumor(ME, MemberStatus.ALIVE, 5).with(Supplement.ofSelf(Supplement.UNKNOWN, bootId));
	}

}

package io.membership.swim;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long suspects have to refute under various options.
 */
class SuspectTimeoutTests {

	private final MemberTable table = new MemberTable(VirtualEnvironment.lonely(), uri(1));

	private MembershipOptions options = MembershipOptions.REFERENCE;

	private final SuspectTimeout timeout = new SuspectTimeout(() -> this.options, this.table);

	@ParameterizedTest
	@CsvSource({ "0, 18000", "1, 18000", "2, 10500", "3, 6113", "4, 3000", "9, 3000" })
	void theMoreAccuseTheShorter(int accusers, int millis) {
		members(10);
		use(MembershipExtension.DYNAMIC_SUSPICION);
		assertThat(timeout(accusers, 0)).isCloseTo(Duration.ofMillis(millis), Duration.ofMillis(1));
	}

	@ParameterizedTest
	@CsvSource({ "1", "4" })
	void withoutTheExtensionItIsTheOption(int accusers) {
		members(10);
		assertThat(timeout(accusers, 0)).isEqualTo(Duration.ofSeconds(3));
	}

	@ParameterizedTest
	@CsvSource({ "2, 3000", "3, 3000", "4, 18000", "5, 18000" })
	void whereTooFewCouldConfirmNobodyWaitsForIt(int alive, int millis) {
		members(alive);
		use(MembershipExtension.DYNAMIC_SUSPICION);
		assertThat(timeout(1, 0)).isEqualTo(Duration.ofMillis(millis));
	}

	@Test
	void theDeadCannotConfirm() {
		members(4);
		this.table.adopt(rumor(uri(2), MemberStatus.DEAD, 1), EVIDENCE);
		use(MembershipExtension.DYNAMIC_SUSPICION);
		assertThat(timeout(1, 0)).isEqualTo(Duration.ofSeconds(3));
	}

	@ParameterizedTest
	@CsvSource({ "1, 3000", "10, 3000", "20, 3903", "100, 6000", "1000, 9000" })
	void itGrowsWithTheMeshIfWanted(int members, int millis) {
		members(members);
		this.options = this.options.toBuilder().suspicionScaling(true).build();
		assertThat(timeout(1, 0)).isCloseTo(Duration.ofMillis(millis), Duration.ofMillis(1));
	}

	@Test
	void theLongestGrowsToo() {
		members(100);
		this.options = this.options.toBuilder().suspicionScaling(true).build();
		use(MembershipExtension.DYNAMIC_SUSPICION);
		assertThat(timeout(1, 0)).isEqualTo(Duration.ofSeconds(36));
	}

	@ParameterizedTest
	@CsvSource({ "0, 3000", "1, 3000", "2, 500" })
	void itIsShortWhenTwoWereRefused(int refused, int millis) {
		members(10);
		use(MembershipExtension.REFUSAL_PROBE);
		assertThat(timeout(2, refused)).isEqualTo(Duration.ofMillis(millis));
	}

	@Test
	void refusalMeansNothingWithoutItsExtension() {
		members(10);
		assertThat(timeout(2, 2)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void refusalNeverGivesMoreTime() {
		members(10);
		use(MembershipExtension.REFUSAL_PROBE);
		this.options = this.options.toBuilder().refusedTimeout(Duration.ofSeconds(20)).build();
		assertThat(timeout(2, 2)).isEqualTo(Duration.ofSeconds(3));
	}

	private void use(MembershipExtension extension) {
		this.options = this.options.toBuilder().extensions(Set.of(extension)).build();
	}

	private void members(int count) {
		IntStream.rangeClosed(1, count).forEach((number) -> this.table.adopt(alive(number), EVIDENCE));
	}

	private Duration timeout(int accusers, int refused) {
		return this.timeout.of(new Suspicion(0, 0, uris(accusers), uris(refused)));
	}

	private static List<MemberUri> uris(int count) {
		return IntStream.rangeClosed(1, count).mapToObj(Samples::uri).toList();
	}

}

package io.membership.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.process.Child;
import io.membership.process.Sighting;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that are stopped and go on, again and again.
 */
@InNamespaces
class StormFaults {

	private static final Duration STORM = Duration.ofSeconds(12);

	@Test
	void processesThatAreStoppedForLessThanASecondAgainAndAgainDieNever() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		try (Nodes nodes = new Nodes()) {
			nodes.start(5);
			long begin = Sighting.now();
			long end = System.nanoTime() + STORM.toNanos();
			int stops = 0;
			while (System.nanoTime() - end < 0) {
				List<MemberUri> members = new ArrayList<>(nodes.mesh().members());
				Collections.shuffle(members, random);
				try (Child.Stop first = nodes.mesh().stop(members.get(0));
						Child.Stop second = nodes.mesh().stop(members.get(1))) {
					TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(850));
				}
				stops += 2;
			}
			Stopwatch watch = new Stopwatch();
			nodes.mesh().awaitHealth();
			watch.took("after " + stops + " stops in " + STORM.toSeconds() + " s, all see all alive");
			List<Sighting> doubts = nodes.mesh().observations().doubts(begin);
			System.out.println("measured: doubts in the storm: " + doubts.size());
			assertThat(doubts).as("seed " + seed).noneMatch((doubt) -> doubt.status() == MemberStatus.DEAD);
		}
	}

}

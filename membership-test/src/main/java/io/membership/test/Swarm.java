package io.membership.test;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * Runs random scenarios for a given time, and shows the failures, shortened, with the
 * command that repeats them. Its main method takes a duration such as {@code PT1H} and
 * maybe the first seed, or {@code replay} and a scenario.
 */
public final class Swarm {

	/** Longer lists help nobody. */
	private static final int MOST_FAILURES = 20;

	private final PrintStream out;

	private final List<String> failures = new ArrayList<>();

	private long scenarios;

	Swarm(PrintStream out) {
		this.out = out;
	}

	/**
	 * Runs the swarm, or repeats a scenario. Exits with 1 if something went wrong.
	 * @param arguments {@code <duration> [<first seed>]} or {@code replay <scenario>}
	 */
	public static void main(String[] arguments) {
		if (arguments.length == 0) {
			System.err.println("use: <duration such as PT1H> [<first seed>], or: replay <scenario>");
			System.exit(2);
		}
		Swarm swarm = new Swarm(System.out);
		if (arguments[0].equals("replay")) {
			swarm.replay(Scenario.parse(arguments[1]));
		}
		else {
			long first = (arguments.length > 1) ? Long.parseLong(arguments[1])
					: ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE);
			swarm.run(Duration.parse(arguments[0]), first);
		}
		System.exit(swarm.failures().isEmpty() ? 0 : 1);
	}

	static String replayCommand(Scenario scenario) {
		return "mvn verify -pl membership-core,membership-test -Dsurefire.failIfNoSpecifiedTests=false"
				+ " -Dtest=SwarmTests#replay -Dmembership.swarm.replay=" + scenario;
	}

	/** Runs the scenarios of consecutive seeds until the time is over. */
	void run(Duration wallTime, long firstSeed) {
		this.out.printf("swarm from seed %d for %s%n", firstSeed, wallTime);
		long end = System.nanoTime() + wallTime.toNanos();
		for (long seed = firstSeed; System.nanoTime() - end < 0 && this.failures.size() < MOST_FAILURES; seed++) {
			run(Scenario.random(seed));
		}
		this.out.printf("%d scenarios, %d failures%n", this.scenarios, this.failures.size());
	}

	/** Runs one scenario, and makes it shorter if it goes wrong. */
	void run(Scenario scenario) {
		this.scenarios++;
		if (scenario.fault() != null) {
			replay(Shrinking.shrink(scenario, (shorter) -> shorter.fault() != null));
		}
	}

	/** Runs one scenario as it is. */
	void replay(Scenario scenario) {
		@Nullable SimulationError fault = scenario.fault();
		if (fault != null) {
			String report = "scenario " + scenario + "\n" + fault.getMessage();
			this.failures.add(report);
			this.out.println(report);
		}
	}

	/** Returns what went wrong. */
	List<String> failures() {
		return this.failures;
	}

}

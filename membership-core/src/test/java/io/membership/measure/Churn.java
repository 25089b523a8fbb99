package io.membership.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Troubles nodes at random: each process has one trouble at a time, or none. Payloads
 * change meanwhile.
 */
final class Churn {

	/** One trouble in so many lasts so long that members are forgotten. */
	private static final int LONG_SHARE = 10;

	private static final Duration SHORT = Duration.ofSeconds(20);

	private static final Duration LONG = SoakNodeProcess.MEMORY.multipliedBy(2);

	private final Agenda agenda;

	private final Random random;

	private final Duration pause;

	private final List<SoakNodes> calm;

	private final List<Agenda.Action> ends = new ArrayList<>();

	private final Map<Trouble, Integer> counts = new EnumMap<>(Trouble.class);

	private int payloads;

	/**
	 * Creates a churn that does not begin yet.
	 * @param pause the time from one trouble to the next, in the mean
	 */
	Churn(Agenda agenda, Random random, Duration pause, List<SoakNodes> processes) {
		this.agenda = agenda;
		this.random = random;
		this.pause = pause;
		this.calm = new ArrayList<>(processes);
	}

	/** Goes on, and on. */
	void next() throws IOException, InterruptedException {
		this.agenda.in(upTo(this.pause.multipliedBy(2)), this::next);
		List<SoakNodes> ready = this.calm.stream().filter(SoakNodes::isReady).toList();
		if (!ready.isEmpty()) {
			this.payloads++;
			anyOf(ready).tell(SoakNodeProcess.PAYLOAD + " " + this.payloads);
			trouble(anyOf(ready));
		}
	}

	private void trouble(SoakNodes process) throws IOException, InterruptedException {
		Trouble trouble = anyFor(process);
		this.counts.merge(trouble, 1, Integer::sum);
		this.calm.remove(process);
		Agenda.Action recovery = trouble.begin(process);
		Agenda.Action end = () -> {
			recovery.run();
			this.calm.add(process);
		};
		this.ends.add(end);
		this.agenda.in(anyDuration(), () -> {
			if (this.ends.remove(end)) {
				end.run();
			}
		});
	}

	/** Ends all troubles now. */
	void end() throws Exception {
		for (Agenda.Action end : this.ends) {
			end.run();
		}
		this.ends.clear();
	}

	private SoakNodes anyOf(List<SoakNodes> processes) {
		return processes.get(this.random.nextInt(processes.size()));
	}

	private Trouble anyFor(SoakNodes process) {
		List<Trouble> possible = Arrays.stream(Trouble.values())
			.filter((trouble) -> !(process.isWatched() && trouble.isOfProcess()))
			.toList();
		return possible.get(this.random.nextInt(possible.size()));
	}

	private Duration anyDuration() {
		return (this.random.nextInt(LONG_SHARE) == 0) ? SoakNodeProcess.MEMORY.plus(upTo(LONG)) : upTo(SHORT);
	}

	private Duration upTo(Duration longest) {
		return Duration.ofMillis(this.random.nextLong(longest.toMillis()));
	}

	@Override
	public String toString() {
		return this.counts + ", payloads " + this.payloads;
	}

}

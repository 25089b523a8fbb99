package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.membership.MemberStatus;
import io.membership.test.Change;
import io.membership.test.Invariant;
import io.membership.test.Link;
import io.membership.test.SimulatedMesh;
import io.membership.test.report.LinePlot.Point;
import org.jspecify.annotations.Nullable;

import static io.membership.MemberStatus.DEAD;

/**
 * Rapid's experiments (ATC 2018 §7): a few members hardly hear anything.
 */
final class LossyMembers implements Experiment {

	/** For how long the one-way loss lasts, and for how long it is over. */
	private static final int HALF_CYCLE = 20;

	private static final double HEAVY = 0.8;

	private static final String PAIRS = "healthy dead at healthy";

	private static final String MEMBERS = "healthy ever dead at a healthy";

	private static final String FAULTY = "faulty ever dead at a healthy";

	private static final String CHANGES = "changes of status";

	private static final String DEAD_AT = "dead at ";

	/** What is wrong with the faulty members. */
	private enum Fault {

		FLIPPING("one-way loss, 20 s on, 20 s off"), LOSSY("80 % ingress loss");

		private final String description;

		Fault(String description) {
			this.description = description;
		}

		@Nullable Link ingress(int second) {
			if (this == LOSSY) {
				return Link.LAN.withLoss(HEAVY);
			}
			return (second / HALF_CYCLE % 2 == 0) ? Link.LAN.withLoss(1) : null;
		}

	}

	@Override
	public String id() {
		return "lossy-members";
	}

	@Override
	public String title() {
		return "Members that hardly hear (Rapid's experiments)";
	}

	private static int size(Scale scale) {
		return scale.pick(200, 1000);
	}

	private static int seconds(Scale scale) {
		return scale.pick(80, 160);
	}

	private static List<Setting> settings() {
		return List.of(Setting.OFF, Setting.OFF.scaledUp(), Setting.ALL, Setting.ALL.scaledUp());
	}

	@Override
	public List<Job> jobs(Scale scale) {
		List<Job> jobs = new ArrayList<>();
		for (Fault fault : Fault.values()) {
			for (Setting setting : settings()) {
				Measuring.seeds(setting.scaled() ? 1 : scale.pick(1, 2))
					.forEach((seed) -> jobs.add(new Job(group(fault, setting), seed,
							(number, recorder) -> measure(fault, setting, scale, number, recorder))));
			}
		}
		return jobs;
	}

	private static String group(Fault fault, Setting setting) {
		return fault + "/" + setting.name();
	}

	private static void measure(Fault fault, Setting setting, Scale scale, long seed, Job.Recorder recorder) {
		SplittableRandom random = new SplittableRandom(seed);
		int size = size(scale);
		SimulatedMesh mesh = SimulatedMesh.builder().size(size).seed(seed).options(setting.options()).build();
		mesh.allow(Invariant.NO_FALSE_DEATHS).startJoined().run(Duration.ofSeconds(10));
		List<Integer> faulty = Measuring.draw(size / 100, Measuring.running(mesh), random);
		List<Change> changes = new ArrayList<>();
		for (int second = 0; second < seconds(scale); second++) {
			Link ingress = fault.ingress(second);
			faulty.forEach((member) -> mesh.network().into(member, ingress));
			changes.addAll(mesh.run(Duration.ofSeconds(1)).changes((change) -> !faulty.contains(change.observer())));
			recorder.add(DEAD_AT + (second + 1), shareDead(mesh, faulty));
		}
		Set<Integer> healthyDead = new HashSet<>();
		Set<Integer> faultyDead = new HashSet<>();
		int pairs = 0;
		for (Change change : changes) {
			if (change.status() == DEAD) {
				boolean ofFaulty = faulty.contains(change.subject());
				(ofFaulty ? faultyDead : healthyDead).add(change.subject());
				pairs += ofFaulty ? 0 : 1;
			}
		}
		recorder.count(PAIRS, pairs);
		recorder.count(MEMBERS, healthyDead.size());
		recorder.add(FAULTY, (double) faultyDead.size() / faulty.size());
		recorder.add(CHANGES, (double) changes.size() / (size - faulty.size()));
	}

	/**
	 * Returns in which share of the healthy members' views of faulty ones these are dead.
	 */
	private static double shareDead(SimulatedMesh mesh, List<Integer> faulty) {
		return IntStream.rangeClosed(1, mesh.size())
			.filter((observer) -> !faulty.contains(observer))
			.mapToLong((observer) -> faulty.stream()
				.map((subject) -> mesh.views().status(observer, subject))
				.filter((status) -> status == MemberStatus.DEAD)
				.count())
			.average()
			.orElse(Double.NaN) / faulty.size();
	}

	@Override
	public void write(Results results, Scale scale, Section section) {
		section.paragraph("""
				%d members that know each other, of which 1 %% lose what is sent to them, but not what they send:
				either everything, for 20 s, then nothing for 20 s, and so on, or four of five datagrams all the
				time. %d s. A faulty member takes others for dead and says so; healthy members believe that until
				the accused refutes.""".formatted(size(scale), seconds(scale)));
		List<Goal> goals = new ArrayList<>();
		for (Fault fault : Fault.values()) {
			Sample pairs = results.sample(group(fault, Setting.ALL), PAIRS);
			Sample off = results.sample(group(fault, Setting.OFF), PAIRS);
			goals.add(new Goal(
					"Lossy members, " + fault.description + ": no healthy member is dead in a healthy view, all on",
					Numbers.count(pairs.sum()) + " views (off: " + Numbers.count(off.sum()) + ")",
					!pairs.isEmpty() && pairs.sum() == 0));
		}
		section.goals(goals.toArray(Goal[]::new));
		section.paragraph("""
				*Views*: how often a healthy member's view of a healthy one became dead, all runs together.
				*Changes*: how many changes of status a healthy member's application hears of in a run.""");
		List<List<String>> rows = new ArrayList<>();
		for (Fault fault : Fault.values()) {
			for (Setting setting : settings()) {
				rows.add(row(fault, setting, results, scale));
			}
		}
		section.table(List.of("fault", "setting", "views", "healthy members concerned", "faulty members ever dead",
				"dead at the end in healthy views", "changes per healthy member"), rows);
		for (Fault fault : Fault.values()) {
			section.plot("lossy-members-" + fault.name().toLowerCase(Locale.ROOT), plot(fault, results, scale));
		}
	}

	private static List<String> row(Fault fault, Setting setting, Results results, Scale scale) {
		String group = group(fault, setting);
		return List.of(fault.description, setting.name(), Numbers.count(results.sample(group, PAIRS).sum()),
				Numbers.count(results.sample(group, MEMBERS).sum()),
				Numbers.percent(results.sample(group, FAULTY).mean()),
				Numbers.percent(results.sample(group, DEAD_AT + seconds(scale)).mean()),
				Numbers.count(results.sample(group, CHANGES).mean()));
	}

	private static LinePlot plot(Fault fault, Results results, Scale scale) {
		LinePlot plot = new LinePlot("What becomes of the faulty: " + fault.description, "seconds",
				"% dead in healthy views");
		for (Setting setting : settings()) {
			plot.line(setting.name(),
					IntStream.rangeClosed(1, seconds(scale))
						.mapToObj((second) -> new Point(second,
								100 * results.sample(group(fault, setting), DEAD_AT + second).mean()))
						.toList());
		}
		return plot;
	}

}

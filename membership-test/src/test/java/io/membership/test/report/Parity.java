package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberUri;
import io.membership.test.Conditions;
import io.membership.test.Outcome;
import io.membership.test.SimulatedMesh;

import static io.membership.MemberStatus.DEAD;
import static io.membership.MemberStatus.LEFT;

/**
 * The times of the engine without extensions beside those of the reference.
 */
final class Parity implements Experiment {

	private static final List<Integer> SIZES = List.of(5, 10, 20);

	/** Seconds of the reference after a kill: min, median, mean, max. */
	private static final Map<String, List<Double>> REFERENCE = Map.ofEntries(
			Map.entry("5 suspect.first", List.of(1.02, 1.94, 2.33, 5.59)),
			Map.entry("5 suspect.all", List.of(1.09, 2.81, 2.91, 5.89)),
			Map.entry("5 dead.first", List.of(4.03, 4.95, 5.34, 8.59)),
			Map.entry("5 dead.all", List.of(4.09, 5.48, 5.78, 8.89)),
			Map.entry("10 suspect.first", List.of(1.09, 1.85, 2.13, 4.96)),
			Map.entry("10 suspect.all", List.of(2.24, 3.67, 3.59, 5.19)),
			Map.entry("10 dead.first", List.of(4.10, 4.86, 5.13, 7.96)),
			Map.entry("10 dead.all", List.of(4.30, 5.69, 5.85, 8.99)),
			Map.entry("20 suspect.first", List.of(1.07, 1.91, 2.36, 4.75)),
			Map.entry("20 suspect.all", List.of(2.72, 4.27, 4.53, 7.68)),
			Map.entry("20 dead.first", List.of(4.08, 4.91, 5.36, 7.75)),
			Map.entry("20 dead.all", List.of(5.14, 6.54, 6.79, 9.62)));

	/** Medians of the reference in seconds: payload change, leave, star join. */
	private static final Map<String, Double> REFERENCE_MEDIANS = Map.ofEntries(Map.entry("5 payload.first", 0.45),
			Map.entry("10 payload.first", 0.83), Map.entry("20 payload.first", 0.22),
			Map.entry("5 payload.median", 1.02), Map.entry("10 payload.median", 1.32),
			Map.entry("20 payload.median", 1.92), Map.entry("5 payload.all", 1.50), Map.entry("10 payload.all", 2.05),
			Map.entry("20 payload.all", 2.99), Map.entry("5 leave.all", 0.002), Map.entry("10 leave.all", 0.0035),
			Map.entry("20 leave.all", 0.0045), Map.entry("5 join.star", 2.0), Map.entry("10 join.star", 2.0),
			Map.entry("20 join.star", 3.0));

	private static final Map<String, String> NAMES = new TreeMap<>(
			Map.of("suspect.first", "first suspect", "suspect.all", "suspect at all survivors", "dead.first",
					"first dead", "dead.all", "dead at all survivors"));

	private static final Duration LIMIT = Duration.ofMinutes(1);

	@Override
	public String id() {
		return "parity";
	}

	@Override
	public String title() {
		return "Parity with the reference";
	}

	@Override
	public List<Job> jobs(Scale scale) {
		List<Job> jobs = new ArrayList<>();
		for (int size : SIZES) {
			Measuring.seeds(scale.pick(60, 400)).forEach((seed) -> jobs.add(job(size, seed)));
		}
		return jobs;
	}

	static Job job(int size, long seed) {
		return new Job(String.valueOf(size), seed, (number, recorder) -> measure(size, number, recorder));
	}

	private static void measure(int size, long seed, Job.Recorder recorder) {
		SplittableRandom random = new SplittableRandom(seed);
		SimulatedMesh mesh = SimulatedMesh.builder().size(size).seed(seed).options(Setting.OFF.options()).build();
		recorder.add("join.star", join(mesh, random));
		Measuring.pass(mesh, Duration.ofSeconds(20), random);
		measurePayload(mesh, random.nextInt(1, size + 1), recorder);
		Measuring.pass(mesh, Duration.ofSeconds(10), random);
		int leaving = random.nextInt(2, size + 1);
		mesh.leave(leaving);
		recorder.add("leave.all", Measuring.until(mesh, Conditions.everyoneSees(leaving, LEFT), LIMIT));
		mesh.start(leaving, 1);
		Measuring.pass(mesh, Duration.ofSeconds(30), random);
		measureKill(mesh, random.nextInt(2, size + 1), recorder);
	}

	/** All run already when they greet the first one, all at once. */
	private static double join(SimulatedMesh mesh, SplittableRandom random) {
		MemberUri seed = mesh.uri(1);
		for (int member = 1; member <= mesh.size(); member++) {
			int starting = member;
			mesh.after(Duration.ofNanos(random.nextLong(1_000_000_000L)), (now) -> now.start(starting));
		}
		mesh.run(Duration.ofSeconds(5));
		for (int member = 2; member <= mesh.size(); member++) {
			mesh.call(member, (protocol) -> protocol.greet(seed));
		}
		return Measuring.until(mesh, Conditions.allSeeAll(), LIMIT);
	}

	private static void measurePayload(SimulatedMesh mesh, int changing, Job.Recorder recorder) {
		List<Double> seen = new ArrayList<>();
		Duration begin = mesh.elapsed();
		MemberUri uri = mesh.uri(changing);
		mesh.listen((observer, event) -> {
			if (observer != changing && event instanceof MemberPayloadChangedEvent changed
					&& changed.member().uri().equals(uri)) {
				seen.add(Measuring.seconds(mesh.elapsed().minus(begin)));
			}
		});
		mesh.setPayload(changing, "k", "v");
		mesh.runUntil(Conditions.everyoneSeesPayload(changing, "k", "v")).orAtMost(LIMIT);
		Sample times = Sample.of(seen);
		recorder.add("payload.first", times.min());
		recorder.add("payload.median", times.median());
		recorder.add("payload.all", (times.size() == mesh.size() - 1) ? times.max() : Double.POSITIVE_INFINITY);
	}

	private static void measureKill(SimulatedMesh mesh, int killed, Job.Recorder recorder) {
		Crash.PROCESS.happenTo(mesh, killed);
		Outcome outcome = mesh.runUntil(Conditions.everyoneSees(killed, DEAD)).orAtMost(LIMIT);
		Map<Integer, Duration> suspected = Measuring.suspected(outcome, killed);
		recorder.add("suspect.first",
				suspected.values().stream().mapToDouble(Measuring::seconds).min().orElse(Double.POSITIVE_INFINITY));
		recorder.add("suspect.all", Measuring.last(suspected));
		recorder.add("dead.first", Measuring.first(outcome, killed, DEAD));
		recorder.add("dead.all", Measuring.took(outcome, LIMIT));
	}

	@Override
	public void write(Results results, Scale scale, Section section) {
		section.paragraph("""
				Extensions off. The reference's times were measured on Tarantool nodes that joined in a star and of
				which one was killed (16 to 20 runs for each N; 5 to 10 of the other changes). A time agrees if the
				medians differ by no more than 20 % or 0.5 s, which is about the error of a median of so few runs; a
				join, of which the reference's times are whole seconds, by no more than 1 s.""");
		Map<String, Double> detection = new TreeMap<>();
		REFERENCE.forEach((metric, figures) -> detection.put(metric, figures.get(1)));
		section.goals(agreement("Parity: detection as in the reference", detection, results),
				agreement("Parity: payload change, leave and join as in the reference", REFERENCE_MEDIANS, results));
		section.heading(3, "After a kill");
		section.paragraph("Seconds: min / median / mean / max.");
		List<List<String>> rows = new ArrayList<>();
		for (int size : SIZES) {
			for (String metric : List.of("suspect.first", "suspect.all", "dead.first", "dead.all")) {
				Sample sample = results.sample(String.valueOf(size), metric);
				List<Double> reference = REFERENCE.getOrDefault(size + " " + metric, List.of());
				rows.add(List.of(String.valueOf(size), NAMES.getOrDefault(metric, metric),
						String.join(" / ", reference.stream().map(Numbers::seconds).toList()),
						String.join(" / ", Numbers.seconds(sample.min()), Numbers.seconds(sample.median()),
								Numbers.seconds(sample.mean()), Numbers.seconds(sample.max()))));
			}
		}
		section.table(List.of("N", "", "reference", "simulated"), rows);
		LinePlot plot = new LinePlot("Dead at all survivors, extensions off", "seconds after the kill", "% of runs");
		SIZES.forEach((size) -> plot.distribution("N=" + size, results.sample(String.valueOf(size), "dead.all")));
		section.plot("parity", plot);
		section.heading(3, "Payload change, leave, star join");
		section.paragraph("Seconds: medians, and the largest value.");
		section.table(List.of("", "N", "reference, median", "simulated, median", "simulated, max"), otherRows(results));
	}

	private static List<List<String>> otherRows(Results results) {
		List<List<String>> rows = new ArrayList<>();
		Map<String, String> names = Map.of("payload.first", "payload change at the first other", "payload.median",
				"at half of the others", "payload.all", "at all others", "leave.all", "leave at all others",
				"join.star", "star join, all see all");
		for (String metric : List.of("payload.first", "payload.median", "payload.all", "leave.all", "join.star")) {
			for (int size : SIZES) {
				Sample sample = results.sample(String.valueOf(size), metric);
				double reference = REFERENCE_MEDIANS.getOrDefault(size + " " + metric, Double.NaN);
				rows.add(List.of(names.getOrDefault(metric, metric), String.valueOf(size), Numbers.fixed(reference, 3),
						Numbers.fixed(sample.median(), 3), Numbers.fixed(sample.max(), 3)));
			}
		}
		return rows;
	}

	private static Goal agreement(String what, Map<String, Double> medians, Results results) {
		List<String> apart = new ArrayList<>();
		new TreeMap<>(medians).forEach((key, reference) -> {
			String[] parts = key.split(" ", 2);
			double measured = results.sample(parts[0], parts[1]).median();
			double most = Math.max(key.endsWith("join.star") ? 1 : 0.5, reference * 0.2);
			if (!(Math.abs(measured - reference) <= most)) {
				apart.add("N=" + key + " " + Numbers.seconds(measured) + " s");
			}
		});
		String measured = (medians.size() - apart.size()) + " of " + medians.size() + " medians agree"
				+ (apart.isEmpty() ? "" : "; not " + String.join(", ", apart));
		return new Goal(what, measured, apart.isEmpty());
	}

}

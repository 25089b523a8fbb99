package io.membership.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import io.membership.benchmark.engine.Engines;
import io.membership.test.report.Numbers;
import io.membership.test.report.Results;
import io.membership.test.report.Sample;
import io.membership.test.report.Section;

/**
 * What this engine shall reach, beside what it reached: medians, and only of what was
 * measured. Why some are missed is written by hand, see {@link Explanations}.
 */
final class Goals {

	static final String SUBJECT = "membership";

	private static final String ENCRYPTED = "membership-gcm";

	static final String MEMBERLIST = "memberlist";

	static final String SCALECUBE = "scalecube";

	private static final String SECONDS = "s";

	private static final String NONE = "–";

	private final Map<String, Map<Integer, Results>> results;

	private final List<Row> rows = new ArrayList<>();

	/**
	 * Compares results with the goals.
	 * @param results of meshes, by engine and size
	 * @param micro of single operations
	 * @param remote of one node that knows many
	 */
	Goals(Map<String, Map<Integer, Results>> results, Results micro, Results remote) {
		this.results = results;
		fastest("kill-20", "`kill -9`, N = 20: last survivor knows", 20, Measures.KILL, 2.1);
		fastest("kill-100", "`kill -9`, N = 100: last survivor knows", 100, Measures.KILL, 3);
		fastest("stop-20", "SIGSTOP, N = 20: last survivor knows", 20, Measures.STOP, 5);
		largest("packets", "idle: datagrams per member and second", SUBJECT, Measures.PACKETS, 2.2, "");
		largest("bytes", "idle: bytes per member and second", SUBJECT, Measures.BYTES, 200, "bytes");
		largest("bytes-gcm", "idle, AES-GCM: bytes per member and second", ENCRYPTED, Measures.BYTES, 280, "bytes");
		ratio("bytes-memberlist", "idle: bytes, as a multiple of memberlist's", MEMBERLIST, Measures.BYTES, 1.35,
				"1.35 ×");
		ratio("cpu-memberlist", "idle: processor time, as a multiple of memberlist's", MEMBERLIST, SideBySide.CPU, 1,
				"1 ×");
		ratio("cpu-scalecube", "idle: processor time, as a multiple of ScaleCube's", SCALECUBE, SideBySide.CPU, 1.0 / 3,
				"1/3 ×");
		hundredStart();
		thousand();
		starvation();
		datagram(micro);
		remote("heap-known", "heap per remote member that is only known", RemoteMembers.KNOWN, remote);
		remote("heap-contacted", "heap per remote member that was talked to", RemoteMembers.CONTACTED, remote);
	}

	private Sample sample(String engine, int nodes, String metric) {
		Results measured = this.results.getOrDefault(engine, Map.of()).get(nodes);
		return (measured != null) ? measured.sample(nodes + " nodes", metric) : Sample.of(List.of());
	}

	/** Medians of this engine, or of a variant of it, by the number of nodes. */
	private Map<Integer, Double> medians(String engine, String metric) {
		Map<Integer, Double> medians = new TreeMap<>();
		this.results.getOrDefault(engine, Map.of()).keySet().forEach((nodes) -> {
			Sample sample = sample(engine, nodes, metric);
			if (!sample.isEmpty()) {
				medians.put(nodes, sample.median());
			}
		});
		return medians;
	}

	private List<Peer> peers(int nodes, String metric) {
		return this.results.keySet()
			.stream()
			.filter((id) -> !id.startsWith(SUBJECT))
			.filter((id) -> !sample(id, nodes, metric).isEmpty())
			.map((id) -> new Peer(id, sample(id, nodes, metric).median()))
			.sorted(Comparator.comparingDouble(Peer::median))
			.toList();
	}

	private void fastest(String key, String what, int nodes, String event, double limit) {
		String metric = event + Measures.LAST;
		Sample own = sample(SUBJECT, nodes, metric);
		if (own.isEmpty()) {
			return;
		}
		List<Peer> peers = peers(nodes, metric);
		boolean isFastest = peers.isEmpty() || own.median() < peers.get(0).median();
		this.rows.add(new Row(key, what, "≤ " + Numbers.count(limit) + " s and less than every peer",
				text(own.median(), SECONDS), best(peers, SECONDS), own.median() <= limit && isFastest));
	}

	/** What holds for each size is decided by the size at which it is furthest away. */
	private void largest(String key, String what, String engine, String metric, double limit, String unit) {
		Map<Integer, Double> medians = medians(engine, metric);
		if (medians.isEmpty()) {
			return;
		}
		int worst = worst(medians, medians::get);
		this.rows.add(new Row(key, what, "≤ " + text(limit, unit) + " at any N", at(medians.get(worst), unit, worst),
				best(peers(worst, metric), unit), medians.get(worst) <= limit));
	}

	private void ratio(String key, String what, String peer, String metric, double limit, String goal) {
		Map<Integer, Double> own = medians(SUBJECT, metric);
		Map<Integer, Double> theirs = medians(peer, metric);
		own.keySet().retainAll(theirs.keySet());
		if (own.isEmpty()) {
			return;
		}
		ToDoubleFunction<Integer> ratio = (nodes) -> own.get(nodes) / theirs.get(nodes);
		int worst = worst(own, ratio);
		this.rows.add(new Row(key, what, "≤ " + goal + " at any N", at(ratio.applyAsDouble(worst), "×", worst),
				new Peer(peer, theirs.get(worst)).text(metric.equals(SideBySide.CPU) ? "ms" : "bytes"),
				ratio.applyAsDouble(worst) <= limit));
	}

	private static int worst(Map<Integer, Double> sizes, ToDoubleFunction<Integer> figure) {
		return sizes.keySet().stream().max(Comparator.comparingDouble(figure)).orElseThrow();
	}

	private void hundredStart() {
		Sample own = sample(SUBJECT, 100, Measures.ALL_FROM_LAST);
		if (!own.isEmpty()) {
			this.rows.add(new Row("start-100", "100 members started back to back: all see all", "≤ 3 s after the last",
					text(own.median(), SECONDS), best(peers(100, Measures.ALL_FROM_LAST), SECONDS), own.median() <= 3));
		}
	}

	private void thousand() {
		Sample missed = sample(SUBJECT, Measures.LARGE, Measures.WATCHED_FALSE);
		if (missed.isEmpty()) {
			return;
		}
		double seconds = sample(SUBJECT, Measures.LARGE, Measures.WATCHED).median();
		double processors = sample(SUBJECT, Measures.LARGE, Measures.WATCHED_CPU).median();
		this.rows.add(new Row("thousand", "1,000 members, nearly all in one process with 2 GB of heap at most",
				"all see all; no false positive in 600 s of rest; ≤ 1 processor",
				Numbers.count(missed.median()) + " in " + Numbers.count(Math.rint(seconds)) + " s, "
						+ Numbers.fixed(processors, 2) + " processors",
				NONE, missed.median() == 0 && seconds >= 600 && processors <= 1));
	}

	/**
	 * Decided by the hardest hunger in which this engine misses nobody and another does:
	 * who does not recover from one is not in the next.
	 */
	private void starvation() {
		int nodes = Measures.STARVED;
		Results measured = this.results.getOrDefault(SUBJECT, Map.of()).getOrDefault(nodes, new Results());
		List<String> levels = measured.metrics(nodes + " nodes")
			.stream()
			.filter((metric) -> metric.startsWith(Measures.FALSE))
			.toList();
		List<String> endured = levels.stream().filter((level) -> sample(SUBJECT, nodes, level).median() == 0).toList();
		if (levels.isEmpty()) {
			return;
		}
		List<String> telling = endured.stream().filter((level) -> !starving(level).isEmpty()).toList();
		List<String> candidates = telling.isEmpty() ? endured : telling;
		String decisive = candidates.isEmpty() ? levels.get(0) : candidates.get(candidates.size() - 1);
		List<Peer> peers = starving(decisive);
		this.rows.add(new Row("starved-50", "false positives while processor time is short, N = " + nodes,
				"0 while a peer has some",
				Numbers.count(sample(SUBJECT, nodes, decisive).median()) + " at "
						+ decisive.substring(Measures.FALSE.length()) + " of a processor",
				peers.isEmpty() ? "no peer has any"
						: peers.stream().map((peer) -> peer.text("")).collect(Collectors.joining(", ")),
				!endured.isEmpty() && !peers.isEmpty()));
	}

	private List<Peer> starving(String level) {
		return peers(Measures.STARVED, level).stream().filter((peer) -> peer.median() > 0).toList();
	}

	private void datagram(Results micro) {
		Map<String, Double> micros = new TreeMap<>();
		micro.groups()
			.stream()
			.filter((group) -> group.startsWith("answerAFullPing "))
			.forEach((group) -> micros.put(group.replaceFirst(".* ", ""),
					micro.sample(group, Microbenchmarks.NANOS).median() / 1000));
		micros.entrySet()
			.stream()
			.max(Map.Entry.comparingByValue())
			.ifPresent((worst) -> this.rows.add(new Row("datagram", "decode, merge and encode one full datagram",
					"≤ 15 µs", text(worst.getValue(), "µs") + " (among " + worst.getKey() + " members)", NONE,
					worst.getValue() <= 15)));
	}

	private void remote(String key, String what, String when, Results remote) {
		Sample bytes = remote.sample(RemoteMembers.GROUP, when);
		if (!bytes.isEmpty()) {
			this.rows.add(new Row(key, what, "≤ 200 bytes", text(Math.rint(bytes.median()), "bytes"), NONE,
					bytes.median() <= 200));
		}
	}

	private static String at(double value, String unit, int nodes) {
		return text(value, unit) + " (N = " + nodes + ")";
	}

	private static String text(double value, String unit) {
		return (Numbers.count(value) + (Double.isFinite(value) ? " " + unit : "")).stripTrailing();
	}

	private static String best(List<Peer> peers, String unit) {
		return peers.isEmpty() ? NONE : peers.get(0).text(unit);
	}

	/** Writes the table, and why each goal is missed that is. */
	void write(Explanations explanations, Section section) {
		if (this.rows.isEmpty()) {
			return;
		}
		long met = this.rows.stream().filter(Row::met).count();
		section.heading(2, "Goals")
			.paragraph(met + " of " + this.rows.size() + " are met, of those for which there are figures: medians of"
					+ " `" + SUBJECT + "`, and where a goal is for any N, at the one that is furthest from it. Peers"
					+ " are those that were measured with as many nodes.")
			.table(List.of("measure", "goal", "measured", "best peer", ""),
					this.rows.stream().map(Row::cells).toList());
		this.rows.stream().filter((row) -> !row.met()).forEach((row) -> {
			String explanation = explanations.of(row.key());
			if (!explanation.isEmpty()) {
				section.paragraph("**Missed: " + row.what() + ".** " + explanation);
			}
		});
	}

	/**
	 * A peer and what it reached.
	 *
	 * @param id its name
	 * @param median its median
	 */
	private record Peer(String id, double median) {

		String text(String unit) {
			return Engines.of(this.id).title().replaceFirst(" \\d.*", "") + ": " + Goals.text(this.median, unit);
		}

	}

	/**
	 * One goal.
	 *
	 * @param key its name
	 * @param what what is measured
	 * @param goal what shall be reached
	 * @param measured what was reached
	 * @param peer what the best of the others reached
	 * @param met whether the goal is met
	 */
	private record Row(String key, String what, String goal, String measured, String peer, boolean met) {

		List<String> cells() {
			return List.of(this.what, this.goal, this.measured, this.peer, this.met ? "met" : "**missed**");
		}

	}

}

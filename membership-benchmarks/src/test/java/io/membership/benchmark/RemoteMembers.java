package io.membership.benchmark;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.membership.process.Child;
import io.membership.process.JavaCommand;
import io.membership.process.Words;
import io.membership.test.report.Numbers;
import io.membership.test.report.Results;
import io.membership.test.report.Section;

/**
 * What one node of this engine, with default options and in a process of its own, takes
 * of memory and of a processor in a mesh of as many members as it knows at most. The
 * others are simulated, see {@link SimulatedPeers}.
 */
final class RemoteMembers {

	static final String FILE = "remote-members.tsv";

	static final String GROUP = "remote members";

	static final String KNOWN = "known: bytes per member";

	static final String CONTACTED = "talked to: bytes per member";

	static final String MEMBERS = "members";

	static final String QUIET = "quiet: CPU ms per second";

	static final String QUIET_RATE = "quiet: PINGs per second";

	static final String BUSY = "busy: CPU ms per second";

	static final String BUSY_RATE = "busy: PINGs per second";

	/** Begin the name of a figure for one class. */
	private static final String KNOWN_CLASS = "known: class ";

	private static final String CONTACTED_CLASS = "talked to: class ";

	private static final String HOST = "127.0.0.1";

	/** What there is only once must be there before it counts. */
	private static final int FIRST_ONES = 20;

	private static final int RATE = 1000;

	/** Bytes for each member of which a class is worth telling. */
	private static final double NOTABLE = 2;

	private static final double NANOS = 1e9;

	private final Words words;

	private final Results results;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	RemoteMembers(Words words, Results results) {
		this.words = words;
		this.results = results;
	}

	/** Measures. */
	void take() throws IOException, InterruptedException, TimeoutException {
		int port = freePort();
		JavaCommand command = JavaCommand.of(ObservedNode.class, HOST, port)
			.with("-Xmx2g", "-XX:TieredStopAtLevel=4", "-XX:+UseSerialGC");
		try (Child node = command.start(this.lines::add);
				SimulatedPeers peers = new SimulatedPeers(this.words.number("members"),
						new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
			await("started");
			memory(node, peers);
			processor(node, peers);
		}
	}

	private static int freePort() throws IOException {
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void memory(Child node, SimulatedPeers peers) throws IOException, InterruptedException, TimeoutException {
		peers.ping(FIRST_ONES, FIRST_ONES, Duration.ofSeconds(1), true);
		ask(node, "probe");
		histogram(node);
		Map<String, Long> before = histogram(node);
		int first = members(node);
		int all = peers.uris().size() + 1;
		long deadline = System.nanoTime() + Duration.ofSeconds(this.words.number("patience")).toNanos();
		while (members(node) < all) {
			if (System.nanoTime() > deadline) {
				throw new TimeoutException("The node knows " + members(node) + " of " + all + " members");
			}
			peers.introduce();
		}
		add(MEMBERS, all);
		// Until it has told others of all of them, as often as it tells news
		peers.ping(FIRST_ONES, RATE, Duration.ofSeconds(this.words.number("quiet") / 2), false);
		compare(before, histogram(node), all - first, KNOWN, KNOWN_CLASS);
		System.out.println(ask(node, "probe") + " of " + (all - 1));
		// A second more than it takes
		peers.ping(peers.uris().size(), RATE, Duration.ofSeconds(peers.uris().size() / RATE + 2), true);
		TimeUnit.SECONDS.sleep(1);
		compare(before, histogram(node), all - first, CONTACTED, CONTACTED_CLASS);
	}

	private int members(Child node) throws IOException, InterruptedException, TimeoutException {
		return Integer.parseInt(ask(node, MEMBERS).replaceFirst(".* ", ""));
	}

	private String ask(Child node, String command) throws IOException, InterruptedException, TimeoutException {
		node.tell(command);
		return await(command.equals("probe") ? "probed" : command);
	}

	private Map<String, Long> histogram(Child node) throws IOException, InterruptedException, TimeoutException {
		node.tell("histogram");
		Map<String, Long> histogram = new HashMap<>();
		for (String line = await(""); !line.equals("end"); line = await("")) {
			String[] fields = line.split(" ", 3);
			if (fields[0].equals("class")) {
				histogram.merge(fields[2], Long.parseLong(fields[1]), Long::sum);
			}
		}
		return histogram;
	}

	private String await(String prefix) throws InterruptedException, TimeoutException {
		while (true) {
			String line = this.lines.poll(this.words.number("patience"), TimeUnit.SECONDS);
			if (line == null) {
				throw new TimeoutException("The node does not answer");
			}
			if (line.startsWith(prefix)) {
				return line;
			}
		}
	}

	private void compare(Map<String, Long> before, Map<String, Long> after, int members, String metric, String prefix) {
		Map<String, Long> growth = new HashMap<>(after);
		before.forEach((name, bytes) -> growth.merge(name, -bytes, Long::sum));
		add(metric, (double) growth.values().stream().mapToLong(Long::longValue).sum() / members);
		growth.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
			.filter((entry) -> entry.getValue() > NOTABLE * members)
			.forEach((entry) -> add(prefix + entry.getKey(), (double) entry.getValue() / members));
	}

	private void processor(Child node, SimulatedPeers peers) throws IOException, InterruptedException {
		Duration time = Duration.ofSeconds(this.words.number("quiet"));
		peers.ping(peers.uris().size(), RATE, time.dividedBy(2), false);
		flow(node, peers, RATE, time.dividedBy(2), BUSY, BUSY_RATE);
		flow(node, peers, 1, time, QUIET, QUIET_RATE);
	}

	private void flow(Child node, SimulatedPeers peers, int rate, Duration time, String metric, String rateMetric)
			throws IOException, InterruptedException {
		List<Long> pid = List.of(node.pid());
		double cpu = ProcFiles.cpuSeconds(pid);
		long answers = peers.answers();
		long begin = System.nanoTime();
		peers.ping(peers.uris().size(), rate, time, false);
		double seconds = (System.nanoTime() - begin) / NANOS;
		add(metric, (ProcFiles.cpuSeconds(pid) - cpu) * 1000 / seconds);
		add(rateMetric, (peers.answers() - answers) / seconds);
	}

	private void add(String metric, double value) {
		System.out.printf("%s: %s %.2f%n", GROUP, metric, value);
		this.results.add(GROUP, metric, value);
	}

	/** Writes what was measured, if anything was. */
	static void write(Results results, Section section) {
		if (results.sample(GROUP, KNOWN).isEmpty() && results.failures().isEmpty()) {
			return;
		}
		section.heading(2, "One node that knows many members")
			.paragraph("A node of `" + Goals.SUBJECT + "` in a process of its own, and as many others as it knows by"
					+ " default, which are simulated by as many sockets with addresses of their own, without payload."
					+ " *Known* is when it was told of them, *talked to* when each answered a PING of it and sent one,"
					+ " as all do within some hours. Bytes of heap for each, after a collection of garbage, beyond what"
					+ " there is with " + FIRST_ONES + " members.");
		results.failures().forEach((failure) -> section.paragraph("Ended: " + failure));
		if (results.sample(GROUP, CONTACTED).isEmpty()) {
			return;
		}
		section
			.table(List.of("members", "known, bytes", "talked to, bytes"),
					List.of(List.of(Numbers.count(median(results, MEMBERS)),
							Numbers.count(Math.rint(median(results, KNOWN))),
							Numbers.count(Math.rint(median(results, CONTACTED))))))
			.paragraph("Which objects these are:");
		section.table(List.of("class", "known, bytes", "talked to, bytes"), classes(results));
		if (!results.sample(GROUP, QUIET).isEmpty()) {
			double perPing = (median(results, BUSY) - median(results, QUIET))
					/ (median(results, BUSY_RATE) - median(results, QUIET_RATE)) * 1000;
			section
				.paragraph("Then all of them see what it sees, and ping it. *PINGs* are those that it answers in a"
						+ " second, besides about one of its own in each; the processor time is that of the whole"
						+ " process, per second.")
				.table(List.of("PINGs", "CPU ms"),
						List.of(QUIET, BUSY)
							.stream()
							.map((metric) -> List.of(Numbers.count(Math.rint(rate(results, metric))),
									Numbers.fixed(median(results, metric), 2)))
							.toList())
				.paragraph("The difference is " + Numbers.fixed(perPing, 1)
						+ " µs for each PING that is received and answered, calls of the system included.");
		}
	}

	private static double rate(Results results, String metric) {
		return median(results, metric.equals(QUIET) ? QUIET_RATE : BUSY_RATE);
	}

	private static double median(Results results, String metric) {
		return results.sample(GROUP, metric).median();
	}

	private static List<List<String>> classes(Results results) {
		List<String> metrics = results.metrics(GROUP);
		return Stream.of(CONTACTED_CLASS, KNOWN_CLASS)
			.flatMap((prefix) -> metrics.stream()
				.filter((metric) -> metric.startsWith(prefix))
				.map((metric) -> metric.substring(prefix.length())))
			.distinct()
			.sorted(Comparator.comparingDouble((String name) -> -bytes(results, CONTACTED_CLASS + name)))
			.map((name) -> List.of("`" + name + "`",
					Numbers.fixed(results.sample(GROUP, KNOWN_CLASS + name).median(), 1),
					Numbers.fixed(results.sample(GROUP, CONTACTED_CLASS + name).median(), 1)))
			.toList();
	}

	private static double bytes(Results results, String metric) {
		return results.sample(GROUP, metric).isEmpty() ? 0 : median(results, metric);
	}

}

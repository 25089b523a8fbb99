package io.membership.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.membership.benchmark.engine.Sight;
import io.membership.process.Child;
import io.membership.process.Words;
import io.membership.test.report.Results;

/**
 * What is measured in one mesh, one after the other.
 */
final class Measures {

	static final String IDLE = "idle share of the machine before";

	static final String ALL_FROM_FIRST = "all see all, from the second start";

	static final String ALL_FROM_LAST = "all see all, from the last start";

	static final String CPU = "idle: CPU ms";

	static final String PACKETS = "idle: packets";

	static final String BYTES = "idle: bytes";

	static final String MEMORY = "memory, kB";

	static final String THREADS = "threads";

	static final String FALSE = "starved: niceness ";

	/** Processes that are busy, for each processor. */
	private static final int HOGS = 4;

	/** How many nodes have to do with too little processor time. */
	static final int STARVED = 50;

	/** How many nodes make a mesh that one engine is watched in for long. */
	static final int LARGE = 1000;

	static final String WATCHED = "watched: seconds";

	static final String WATCHED_CPU = "watched: processors";

	static final String WATCHED_FALSE = "watched: false positives";

	/** Ends the name of a figure: when the first one knew, and when the last one did. */
	static final String FIRST = ", first";

	static final String LAST = ", last";

	static final String KILL = "kill -9";

	static final String STOP = "SIGSTOP";

	static final String LEAVE = "leave";

	static final String PAYLOAD = "payload";

	static final String TENTH = "10 % killed";

	private static final double NANOS = 1e9;

	private final Mesh mesh;

	private final Words words;

	private final Results results;

	private final String group;

	private final Duration patience;

	Measures(Mesh mesh, Words words, Results results, String group) {
		this.mesh = mesh;
		this.words = words;
		this.results = results;
		this.group = group;
		this.patience = Duration.ofSeconds(words.number("patience"));
	}

	/** Measures all that the words ask for. */
	void take(int nodes) throws IOException, InterruptedException, TimeoutException {
		start(nodes);
		long settled = System.nanoTime() + Duration.ofSeconds(this.words.number("settle")).toNanos();
		if (wants("payload") && this.mesh.engine().hasPayload()) {
			repeat(this::payload);
		}
		if (wants("idle")) {
			// Nothing tells when an engine is done with what a start leaves to do
			TimeUnit.NANOSECONDS.sleep(settled - System.nanoTime());
			idle();
		}
		if (wants("watch") && nodes >= LARGE && this.mesh.engine().id().equals(Goals.SUBJECT)) {
			watch();
		}
		if (wants("leave")) {
			repeat(this::leave);
		}
		if (wants("kill")) {
			repeat(this::kill);
		}
		if (wants("stop")) {
			repeat(this::stop);
		}
		boolean healthy = !wants("starve") || nodes != STARVED || starve();
		if (healthy && wants("tenth")) {
			tenth();
		}
	}

	private boolean wants(String part) {
		return this.words.list("parts").contains(part);
	}

	/** As often as wanted, unless that takes too long. */
	private void repeat(Repetition repetition) throws IOException, InterruptedException, TimeoutException {
		long end = System.nanoTime() + Duration.ofSeconds(this.words.number("budget")).toNanos();
		int times = 0;
		while (times < this.words.number("repetitions") && (times == 0 || System.nanoTime() < end)) {
			this.mesh.sights().forget();
			repetition.take(times);
			times++;
		}
	}

	private void add(String metric, double value) {
		System.out.printf("%s: %s %.3f%n", this.group, metric, value);
		this.results.add(this.group, metric, value);
	}

	/** Adds when the first one knew, and when the last one did. */
	private void add(String metric, LongSummaryStatistics times, int expected, long since) {
		add(metric + FIRST, (times.getCount() > 0) ? (times.getMin() - since) / NANOS : Double.POSITIVE_INFINITY);
		add(metric + LAST,
				(times.getCount() == expected) ? (times.getMax() - since) / NANOS : Double.POSITIVE_INFINITY);
	}

	private void start(int nodes) throws IOException, InterruptedException, TimeoutException {
		this.mesh.start(nodes);
		LongSummaryStatistics starts = this.mesh.sights().times(Sight.START, 0);
		long second = this.mesh.sights().times(Sight.START, starts.getMin() + 1).getMin();
		long complete = this.mesh.sights().lastUp();
		add(ALL_FROM_FIRST, (complete - second) / NANOS);
		add(ALL_FROM_LAST, Math.max(0, complete - starts.getMax()) / NANOS);
	}

	private void idle() throws IOException, InterruptedException, TimeoutException {
		List<Long> pids = this.mesh.pids();
		ProcFiles.Loopback before = ProcFiles.loopback();
		double cpuBefore = ProcFiles.cpuSeconds(pids);
		long begin = System.nanoTime();
		// Idle is what is measured
		Thread.sleep(Duration.ofSeconds(this.words.number("idle")).toMillis());
		double memberSeconds = (System.nanoTime() - begin) / NANOS * this.mesh.ports().size();
		double cpu = ProcFiles.cpuSeconds(pids) - cpuBefore;
		ProcFiles.Loopback after = ProcFiles.loopback();
		add(CPU, cpu * 1000 / memberSeconds);
		if (ProcFiles.onlyLoopback()) {
			add(PACKETS, (after.packets() - before.packets()) / memberSeconds);
			add(BYTES, (after.bytes() - before.bytes()) / memberSeconds);
		}
		double threads = 0;
		double memory = 0;
		for (String sample : this.mesh.sample()) {
			String[] figures = sample.split(" ", 3);
			threads += Double.parseDouble(figures[1]);
			memory += Double.parseDouble(figures[2]);
		}
		add(THREADS, threads / this.mesh.sampled());
		add(MEMORY, memory / 1000 / this.mesh.sampled());
	}

	private void watch() throws IOException, InterruptedException {
		List<Integer> all = this.mesh.ports();
		this.mesh.sights().forget();
		double cpuBefore = ProcFiles.cpuSeconds(this.mesh.pids());
		long begin = System.nanoTime();
		// Nothing tells that nothing has happened
		Thread.sleep(Duration.ofSeconds(this.words.number("watch")).toMillis());
		double seconds = (System.nanoTime() - begin) / NANOS;
		add(WATCHED, seconds);
		add(WATCHED_CPU, (ProcFiles.cpuSeconds(this.mesh.pids()) - cpuBefore) / seconds);
		add(WATCHED_FALSE, (double) this.mesh.sights().missed(all, all, begin));
	}

	private void payload(int time) throws IOException, InterruptedException {
		int subject = this.mesh.seed();
		List<Integer> others = this.mesh.portsBut(subject);
		String value = "value-" + time;
		long since = System.nanoTime();
		this.mesh.setPayload(value);
		this.mesh.sights()
			.await(this.patience,
					() -> this.mesh.sights().times(others, Sight.PAYLOAD, subject, value, since).getCount() == others
						.size());
		add(PAYLOAD, this.mesh.sights().times(others, Sight.PAYLOAD, subject, value, since), others.size(), since);
	}

	private void leave(int time) throws IOException, InterruptedException, TimeoutException {
		int leaving = this.mesh.alonePort();
		long asked = System.nanoTime();
		this.mesh.alone().leave(leaving);
		missed(List.of(leaving), asked);
		long since = this.mesh.sights().times(Sight.LEAVE, asked).getMin();
		add(LEAVE, downs(leaving, asked), others(leaving), since);
		this.mesh.replaceAlone();
	}

	private void kill(int time) throws IOException, InterruptedException, TimeoutException {
		int killed = this.mesh.alonePort();
		long since = System.nanoTime();
		this.mesh.alone().close();
		missed(List.of(killed), since);
		add(KILL, downs(killed, since), others(killed), since);
		this.mesh.replaceAlone();
	}

	private void stop(int time) throws IOException, InterruptedException, TimeoutException {
		int stopped = this.mesh.alonePort();
		try (Child.Stop stop = this.mesh.alone().stop()) {
			long since = System.nanoTime();
			missed(List.of(stopped), since);
			add(STOP, downs(stopped, since), others(stopped), since);
			this.mesh.alone().close();
		}
		this.mesh.replaceAlone();
	}

	private void tenth() throws InterruptedException {
		this.mesh.sights().forget();
		long since = System.nanoTime();
		List<Integer> killed = this.mesh.killTenth();
		if (killed.isEmpty()) {
			return;
		}
		missed(killed, since);
		LongSummaryStatistics times = new LongSummaryStatistics();
		killed.forEach((port) -> times.combine(downs(port, since)));
		add(TENTH, times, killed.size() * this.mesh.ports().size(), since);
	}

	private int others(int port) {
		return this.mesh.portsBut(port).size();
	}

	private LongSummaryStatistics downs(int subject, long since) {
		return this.mesh.sights().times(this.mesh.portsBut(subject), Sight.DOWN, subject, null, since);
	}

	/** Waits until nobody sees some any more, but not for ever. */
	private void missed(List<Integer> gone, long since) throws InterruptedException {
		this.mesh.sights()
			.await(this.patience,
					() -> gone.stream().allMatch((port) -> downs(port, since).getCount() == others(port)));
	}

	/**
	 * Keeps all processors busy with something else, to which the nodes give way the more
	 * the nicer they are: what is left to them does not depend on how many they are.
	 * @return whether all see all afterwards
	 */
	private boolean starve() throws IOException, InterruptedException {
		List<Integer> all = this.mesh.ports();
		for (String niceness : this.words.list("niceness")) {
			this.mesh.sights().forget();
			long since = System.nanoTime();
			renice(niceness);
			hog();
			add(starved(niceness), (double) this.mesh.sights().missed(all, all, since));
			// Takes privileges, and makes no difference while there is time for all
			renice("0");
			if (!this.mesh.sights().await(this.patience, () -> this.mesh.sights().seeEachOther(all))) {
				this.results.addFailure(
						"not all see all again within " + this.patience.toSeconds() + " s after niceness " + niceness);
				return false;
			}
		}
		return true;
	}

	/** Returns what is measured when the nodes are so nice to others. */
	static String starved(String niceness) {
		return FALSE + niceness;
	}

	private void renice(String niceness) throws IOException, InterruptedException {
		for (long pid : this.mesh.pids()) {
			new ProcessBuilder("sh", "-c", "renice -n " + niceness + " -p $(ls /proc/" + pid + "/task) >/dev/null 2>&1")
				.start()
				.waitFor();
		}
	}

	private void hog() throws IOException, InterruptedException {
		List<Process> hogs = new ArrayList<>();
		try {
			for (int i = 0; i < HOGS * Runtime.getRuntime().availableProcessors(); i++) {
				hogs.add(new ProcessBuilder("timeout", this.words.text("starve"), "sh", "-c", "while :; do :; done")
					.start());
			}
			for (Process hog : hogs) {
				hog.waitFor();
			}
		}
		finally {
			hogs.forEach(Process::destroy);
		}
	}

	/** One of several equal measurements. */
	@FunctionalInterface
	private interface Repetition {

		void take(int time) throws IOException, InterruptedException, TimeoutException;

	}

}

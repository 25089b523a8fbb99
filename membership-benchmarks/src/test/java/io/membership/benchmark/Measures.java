package io.membership.benchmark;

import java.io.IOException;
import java.time.Duration;
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

	static final String FALSE = "starved: ";

	private static final String HALTED = "halted at ";

	/** Ends the name of a figure: the share of a processor, in per cent. */
	private static final String PERCENT = " %";

	/**
	 * What processes saw while they had too little time, they say when they have some.
	 */
	private static final Duration LATE = Duration.ofSeconds(5);

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

	Measures(Mesh mesh, Words words, Results results, String group) {
		this.mesh = mesh;
		this.words = words;
		this.results = results;
		this.group = group;
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
			.await(this.mesh.patience(),
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
			.await(this.mesh.patience(),
					() -> gone.stream().allMatch((port) -> downs(port, since).getCount() == others(port)));
	}

	/**
	 * Lets all nodes together have no more than a share of one processor.
	 * @return whether all see all afterwards
	 */
	private boolean starve() throws IOException, InterruptedException, TimeoutException {
		if (!CpuLimit.isPossible()) {
			return true;
		}
		for (String percent : this.words.list("quota")) {
			if (!starve(percent)) {
				this.results.addFailure("not all see all again within " + this.mesh.patience().toSeconds() + " s after "
						+ percent + " % of a processor");
				return false;
			}
			killStarved(percent);
		}
		return true;
	}

	/** Counts how often somebody was missed, until all see all again without a limit. */
	private boolean starve(String percent) throws IOException, InterruptedException {
		List<Integer> all = this.mesh.ports();
		this.mesh.sights().forget();
		long since = System.nanoTime();
		try (CpuLimit limit = limit(percent)) {
			// Nothing tells that nothing has happened
			TimeUnit.SECONDS.sleep(this.words.number("starve"));
			add(halted(percent), limit.haltedShare() * 100);
		}
		TimeUnit.NANOSECONDS.sleep(LATE.toNanos());
		boolean healthy = this.mesh.sights().await(this.mesh.patience(), () -> this.mesh.sights().seeEachOther(all));
		add(starved(percent), (double) this.mesh.sights().missed(all, all, since));
		return healthy;
	}

	/** Whoever misses nobody may look for nobody: now there is somebody to miss. */
	private void killStarved(String percent) throws IOException, InterruptedException, TimeoutException {
		this.mesh.sights().forget();
		int killed = this.mesh.alonePort();
		try (CpuLimit limit = limit(percent)) {
			// Those who have something left of before are not short of time
			TimeUnit.NANOSECONDS.sleep(LATE.toNanos());
			limit.release(this.mesh.alone().pid());
			long since = System.nanoTime();
			this.mesh.alone().close();
			missed(List.of(killed), since);
			add(killed(percent), downs(killed, since), others(killed), since);
		}
		this.mesh.replaceAlone();
	}

	private CpuLimit limit(String percent) throws IOException {
		return CpuLimit.of(this.mesh.pids(), Integer.parseInt(percent));
	}

	/** Returns what is measured when all nodes have so much of a processor. */
	static String starved(String percent) {
		return FALSE + percent + PERCENT;
	}

	/** Returns what tells when others knew of a death, with {@link #FIRST} and so on. */
	static String killed(String percent) {
		return "killed at " + percent + PERCENT;
	}

	/** Returns what tells in how many of a hundred periods they had used that up. */
	static String halted(String percent) {
		return HALTED + percent + PERCENT;
	}

	/** One of several equal measurements. */
	@FunctionalInterface
	private interface Repetition {

		void take(int time) throws IOException, InterruptedException, TimeoutException;

	}

}

package io.membership.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A share of one processor that processes have together and no more, as a limit of a pod
 * is one: a control group of Linux. Who has used up its share of a tenth of a second
 * stands still until the next one.
 */
final class CpuLimit implements AutoCloseable {

	static final int PERIOD_MICROS = 100_000;

	private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");

	private static final String NAME = "membership-benchmark-";

	private static final String PROCESSES = "cgroup.procs";

	private final Path group;

	private final Path origin;

	private CpuLimit(Path group, Path origin) {
		this.group = group;
		this.origin = origin;
	}

	/** Whether this process may limit others: as root, and where processors can be. */
	static boolean isPossible() {
		return hierarchy(CONTROL_GROUPS).filter(Files::isWritable).isPresent();
	}

	/**
	 * Limits processes until the result is closed.
	 * @param pids the processes
	 * @param percent of one processor, at least 1
	 */
	static CpuLimit of(List<Long> pids, int percent) throws IOException {
		Path hierarchy = hierarchy(CONTROL_GROUPS).orElseThrow(() -> new IOException("Processors cannot be limited"));
		CpuLimit limit = new CpuLimit(hierarchy.resolve(NAME + ProcessHandle.current().pid()), hierarchy
			.resolve(own(hierarchy.equals(CONTROL_GROUPS), Files.readString(Path.of("/proc/self/cgroup")))));
		Files.createDirectories(limit.group);
		limit.set(percent);
		for (long pid : pids) {
			move(pid, limit.group);
		}
		return limit;
	}

	/** Finds where groups are made, of either version. */
	static Optional<Path> hierarchy(Path root) {
		Path one = root.resolve("cpu");
		if (Files.exists(one.resolve("cpu.cfs_quota_us"))) {
			return Optional.of(one);
		}
		try {
			return Stream.of(Files.readString(root.resolve("cgroup.subtree_control")).strip().split(" ", -1))
				.anyMatch("cpu"::equals) ? Optional.of(root) : Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns the group of a process, relative to where groups are made.
	 * @param unified whether there is only one hierarchy
	 * @param groups what Linux says about the process
	 */
	static String own(boolean unified, String groups) {
		return groups.lines()
			.map((line) -> line.split(":", 3))
			.filter((fields) -> unified ? fields[1].isEmpty()
					: Stream.of(fields[1].split(",", -1)).anyMatch("cpu"::equals))
			.map((fields) -> fields[2].substring(1))
			.findFirst()
			.orElse("");
	}

	private void set(int percent) throws IOException {
		int micros = PERIOD_MICROS / 100 * percent;
		Path quota = this.group.resolve("cpu.cfs_quota_us");
		if (Files.exists(quota)) {
			Files.writeString(this.group.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROS));
			Files.writeString(quota, String.valueOf(micros));
		}
		else {
			Files.writeString(this.group.resolve("cpu.max"), micros + " " + PERIOD_MICROS);
		}
	}

	/**
	 * Returns in which share of the periods in which the processes had something to do
	 * they stood still at last, from 0 to 1.
	 */
	double haltedShare() throws IOException {
		List<String> lines = Files.readAllLines(this.group.resolve("cpu.stat"));
		double periods = count(lines, "nr_periods ");
		return (periods > 0) ? count(lines, "nr_throttled ") / periods : 0;
	}

	private static double count(List<String> lines, String key) {
		return lines.stream()
			.filter((line) -> line.startsWith(key))
			.mapToLong((line) -> Long.parseLong(line.substring(key.length())))
			.sum();
	}

	/** Lets one process run as before: even to end takes some time of a processor. */
	void release(long pid) throws IOException {
		move(pid, this.origin);
	}

	private static void move(long pid, Path group) throws IOException {
		Files.writeString(group.resolve(PROCESSES), String.valueOf(pid));
	}

	/** Lets the processes run as before. */
	@Override
	public void close() throws IOException {
		for (String pid : Files.readAllLines(this.group.resolve(PROCESSES))) {
			release(Long.parseLong(pid));
		}
		Files.delete(this.group);
	}

}

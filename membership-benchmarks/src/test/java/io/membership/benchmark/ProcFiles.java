package io.membership.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What Linux counts, read from {@code /proc}.
 */
final class ProcFiles {

	/** Ticks of a processor in a second, on every platform that has a {@code /proc}. */
	private static final double TICKS = 100;

	private static final int USER_TIME = 11;

	private static final int SYSTEM_TIME = 12;

	private static final int SENT_BYTES = 8;

	private static final int SENT_PACKETS = 9;

	/** Idle and waiting for a disk, which is idle, too. */
	private static final int IDLE_TIME = 3;

	private static final int DISK_TIME = 4;

	/** Guests, which come after these, are counted as users already. */
	private static final int TIMES = 8;

	private ProcFiles() {
	}

	/** Returns what all processors did since the machine was started. */
	static Processors processors() throws IOException {
		return Processors.of(Files.readString(Path.of("/proc/stat")));
	}

	/** Returns the processor time of processes, in seconds. */
	static double cpuSeconds(List<Long> pids) throws IOException {
		double seconds = 0;
		for (long pid : pids) {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
			// The name in parentheses may have spaces
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
			seconds += (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS;
		}
		return seconds;
	}

	/** Returns what the loopback interface of this network namespace carried. */
	static Loopback loopback() throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc/net/dev"))) {
			if (line.strip().startsWith("lo:")) {
				String[] fields = line.substring(line.indexOf(':') + 1).strip().split(" +", -1);
				return new Loopback(Long.parseLong(fields[SENT_PACKETS]), Long.parseLong(fields[SENT_BYTES]));
			}
		}
		throw new NoSuchFileException("lo");
	}

	/** Whether this network namespace has no other interface than the loopback. */
	static boolean onlyLoopback() throws IOException {
		String[] lines = Files.readString(Path.of("/proc/net/dev")).strip().split("\n", -1);
		return Arrays.stream(lines)
			.filter((line) -> line.contains(":"))
			.allMatch((line) -> line.strip().startsWith("lo:"));
	}

	/**
	 * What went over the loopback interface.
	 *
	 * @param packets IP packets
	 * @param bytes their bytes, IP headers included
	 */
	record Loopback(long packets, long bytes) {

	}

	/**
	 * What all processors together did, in ticks.
	 *
	 * @param idle nothing
	 * @param total anything at all
	 */
	record Processors(long idle, long total) {

		static Processors of(String stat) {
			long[] times = Arrays.stream(stat.lines().findFirst().orElse("").split(" +", -1))
				.skip(1)
				.limit(TIMES)
				.mapToLong(Long::parseLong)
				.toArray();
			return new Processors(times[IDLE_TIME] + times[DISK_TIME], Arrays.stream(times).sum());
		}

		/** Returns which share of the time since then was idle, from 0 to 1. */
		double idleSince(Processors before) {
			long passed = this.total - before.total;
			return (passed > 0) ? (double) (this.idle - before.idle) / passed : 0;
		}

	}

}

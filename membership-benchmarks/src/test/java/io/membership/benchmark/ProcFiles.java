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

	private ProcFiles() {
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

}

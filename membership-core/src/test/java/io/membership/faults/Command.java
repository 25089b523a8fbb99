package io.membership.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs commands of the system, which end soon.
 */
final class Command {

	private Command() {
	}

	/**
	 * Runs a command, and returns what it writes.
	 * @throws IOException if it does not exist or fails, with what it says about that
	 */
	static String run(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		int result = process.onExit().join().exitValue();
		if (result != 0) {
			throw new IOException(String.join(" ", command) + " failed with " + result + ": " + output);
		}
		return output;
	}

	static String run(String... command) throws IOException {
		return run(List.of(command));
	}

}

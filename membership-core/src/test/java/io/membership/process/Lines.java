package io.membership.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Lines of text between a process and the one that started it.
 */
public final class Lines {

	private Lines() {
	}

	/** Writes a line to the standard output. */
	public static void write(Object line) {
		System.out.println(line);
		System.out.flush();
	}

	/**
	 * Hands over each line of the standard input, and ends this process when nobody holds
	 * the other end of it any more.
	 */
	public static void ofStandardInput(Consumer<String> reader) throws IOException {
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		String line = input.readLine();
		while (line != null) {
			reader.accept(line);
			line = input.readLine();
		}
		Runtime.getRuntime().halt(0);
	}

}

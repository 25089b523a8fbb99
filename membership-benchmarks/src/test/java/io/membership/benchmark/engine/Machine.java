package io.membership.benchmark.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * What is installed on this machine.
 */
final class Machine {

	private Machine() {
	}

	/** Whether a program is in the path. */
	static boolean has(String program) {
		return Stream.of(System.getenv("PATH").split(":", -1))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, program)));
	}

	/** Returns the first line that a command prints, empty if it fails. */
	static String ask(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return (process.waitFor() == 0) ? output.lines().findFirst().orElse("") : "";
		}
		catch (IOException ex) {
			return "";
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "";
		}
	}

	/** Copies a program that comes with these classes into a directory. */
	static Path install(String resource, Path directory) {
		try (InputStream content = Machine.class.getResourceAsStream(resource)) {
			if (content == null) {
				throw new IllegalStateException(resource + " is missing");
			}
			Files.createDirectories(directory);
			Path file = directory.resolve(resource).toAbsolutePath();
			Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package io.membership.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The documents of this project.
 */
final class Documents {

	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private Documents() {
	}

	/** Returns README.md and its neighbours, and all documents below docs. */
	static List<Path> all() {
		return Stream.of(find(ROOT, 1, ".md"), below("docs", ".md")).flatMap(List::stream).toList();
	}

	/** Returns all files below a directory of the project whose names end so. */
	static List<Path> below(String directory, String end) {
		return find(ROOT.resolve(directory), Integer.MAX_VALUE, end);
	}

	private static List<Path> find(Path directory, int depth, String end) {
		if (!Files.exists(directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(directory, depth)) {
			return files.filter((file) -> file.toString().endsWith(end)).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

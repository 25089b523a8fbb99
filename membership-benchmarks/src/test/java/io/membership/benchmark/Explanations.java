package io.membership.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What people found out about goals that are missed. It is kept apart from the report, so
 * that writing that anew does not lose it: a file in Markdown with a heading for each
 * goal, which is the name that {@link Goals} gives it. What is not missed is not quoted.
 */
final class Explanations {

	private static final String FILE = "explanations.md";

	private static final String HEADING = "## ";

	private final Map<String, String> texts;

	private Explanations(Map<String, String> texts) {
		this.texts = texts;
	}

	/** Returns those that come with these classes. */
	static Explanations load() {
		try (InputStream content = Explanations.class.getResourceAsStream(FILE)) {
			if (content == null) {
				throw new IllegalStateException(FILE + " is missing");
			}
			return parse(new String(content.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads explanations; what is before the first heading is for those who write them.
	 */
	static Explanations parse(String markdown) {
		Map<String, String> texts = new LinkedHashMap<>();
		String[] parts = ("\n" + markdown).split("\n" + HEADING, -1);
		for (int i = 1; i < parts.length; i++) {
			String[] lines = parts[i].split("\n", 2);
			texts.put(lines[0].strip(), (lines.length > 1) ? lines[1].strip() : "");
		}
		return new Explanations(texts);
	}

	/** Returns why a goal is missed, empty if nobody knows. */
	String of(String goal) {
		return this.texts.getOrDefault(goal, "");
	}

}

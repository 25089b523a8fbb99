package io.membership.spring.boot.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what the guide shows is what is tested here.
 */
class GuideTests {

	private static final Path SOURCES = Path.of("src", "test", "java", "io", "membership", "spring", "boot", "test");

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	@Test
	void theExamplesOfTheGuideAreTests() throws IOException {
		String guide = Files.readString(Path.of("..", "docs", "testing.md"));
		String chapter = guide.substring(guide.indexOf("## An application on"),
				guide.indexOf("## Nodes on a virtual network"));
		List<String> examples = JAVA.matcher(chapter).results().map((MatchResult match) -> match.group(1)).toList();
		String sources = sources();
		assertThat(examples).hasSize(4).allSatisfy((example) -> assertThat(sources).contains(stripped(example)));
	}

	private static String sources() throws IOException {
		StringBuilder sources = new StringBuilder();
		try (Stream<Path> files = Files.list(SOURCES)) {
			for (Path file : files.filter((path) -> !path.endsWith("GuideTests.java")).toList()) {
				sources.append(stripped(Files.readString(file))).append('\n');
			}
		}
		return sources.toString();
	}

	/** Returns the lines without indentation and line breaks, which depend on it. */
	private static String stripped(String text) {
		return text.lines().map(String::strip).collect(Collectors.joining()).replace(" ", "");
	}

}

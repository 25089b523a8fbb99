package io.membership.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each example of the documentation is compiled, bound, started or parsed, and everything
 * that links within the documentation lead to exists.
 */
class DocumentationTests {

	private static Examples examples;

	@BeforeAll
	static void prepare(@TempDir Path output) throws IOException {
		examples = new Examples(output);
	}

	@TestFactory
	Stream<DynamicTest> examplesWork() {
		return Documents.all()
			.stream()
			.flatMap((file) -> Example.in(file, Documents.read(file)).stream())
			.map((example) -> DynamicTest.dynamicTest(example.toString(),
					() -> assertThat(examples.problems(example)).as(example.toString()).isEmpty()));
	}

	@Test
	void linksLeadSomewhere() {
		assertThat(Documents.all()).allSatisfy((file) -> assertThat(Links.broken(file)).as(file.toString()).isEmpty());
	}

	/** The table whose first column quotes log lines, in pieces. */
	@Test
	void theLogSaysWhatTheGuideQuotes() {
		String guide = Documents.read(Documents.ROOT.resolve("docs/guide.md"));
		String table = guide.substring(guide.indexOf("| line |"), guide.indexOf("## Moving"));
		List<String> quotes = Pattern.compile("(?m)^\\|([^|]+)\\|")
			.matcher(table)
			.results()
			.flatMap((row) -> Pattern.compile("`([^`]+)`").matcher(row.group(1)).results())
			.map((quote) -> quote.group(1))
			.toList();
		assertThat(quotes).hasSizeGreaterThan(10);
		assertThat(quotes).allSatisfy((quote) -> assertThat(Sources.say(quote)).isTrue());
	}

	@Test
	void drawingsAreWellFormed() throws Exception {
		for (Path drawing : Documents.below("docs", ".svg")) {
			DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(drawing.toFile());
		}
	}

	@Test
	void someAreFound() {
		assertThat(Documents.all()).hasSizeGreaterThan(10);
		List<Example> found = Documents.all()
			.stream()
			.flatMap((file) -> Example.in(file, Documents.read(file)).stream())
			.toList();
		assertThat(found).hasSizeGreaterThan(70);
	}

}

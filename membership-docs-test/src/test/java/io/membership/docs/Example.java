package io.membership.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a document. A comment right before it, which readers do not see, may
 * say more about it: {@code <!-- source: FILE -->} names the file of this project that it
 * is a part of, {@code <!-- given: DECLARATIONS -->} declares what a piece of Java takes
 * for granted.
 *
 * @param file the document
 * @param line the line of the opening fence
 * @param language the word after the opening fence, which may be empty
 * @param source the file that it is a part of, or nothing
 * @param given the declarations that it takes for granted, or nothing
 * @param text what it shows
 */
record Example(Path file, int line, String language, String source, String given, String text) {

	private static final Pattern FENCE = Pattern.compile("( *)```(.*)");

	private static final Pattern COMMENT = Pattern.compile("<!--\\s*(source|given):((?:(?!-->).)*)-->\\s*\\z",
			Pattern.DOTALL);

	/** Returns all fenced blocks of a document. */
	static List<Example> in(Path file, String document) {
		List<Example> examples = new ArrayList<>();
		List<String> lines = document.lines().toList();
		for (int begin = 0; begin < lines.size(); begin++) {
			Matcher fence = FENCE.matcher(lines.get(begin));
			if (fence.matches()) {
				int end = end(lines, begin, fence.group(1), file);
				String before = String.join("\n", lines.subList(0, begin));
				examples.add(new Example(file, begin + 1, fence.group(2).strip(), comment(before, "source"),
						comment(before, "given"), String.join("\n", lines.subList(begin + 1, end)) + "\n"));
				begin = end;
			}
		}
		return examples;
	}

	private static int end(List<String> lines, int begin, String indentation, Path file) {
		for (int end = begin + 1; end < lines.size(); end++) {
			if (lines.get(end).equals(indentation + "```")) {
				return end;
			}
		}
		throw new AssertionError(file + ":" + (begin + 1) + " begins a block that does not end");
	}

	private static String comment(String before, String kind) {
		Matcher comment = COMMENT.matcher(before);
		return (comment.find() && comment.group(1).equals(kind)) ? comment.group(2).strip() : "";
	}

	/** Returns whether it is a part of the file that it names, white space aside. */
	boolean isPartOfItsSource() {
		return solid(Documents.read(Documents.ROOT.resolve(this.source))).contains(solid(this.text));
	}

	private static String solid(String text) {
		return text.replaceAll("\\s+", "");
	}

	@Override
	public String toString() {
		return Documents.ROOT.relativize(this.file) + ":" + this.line + " " + this.language;
	}

}

package io.membership.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Links from one document to another, or to a place in one.
 */
final class Links {

	private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\n]*`", Pattern.DOTALL);

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

	private Links() {
	}

	/**
	 * Returns the links of a document that lead nowhere. Those to other sites are left
	 * out.
	 */
	static List<String> broken(Path file) {
		return LINK.matcher(CODE.matcher(Documents.read(file)).replaceAll(""))
			.results()
			.map((found) -> found.group(1))
			.filter((link) -> !link.contains("://") && !leadsSomewhere(file, link))
			.toList();
	}

	private static boolean leadsSomewhere(Path file, String link) {
		String path = link.replaceAll("#.*", "");
		Path target = path.isEmpty() ? file : file.resolveSibling(path);
		return Files.exists(target)
				&& (!link.contains("#") || anchors(target).contains(link.substring(link.indexOf('#') + 1)));
	}

	/** Returns what GitHub makes of headings. */
	private static List<String> anchors(Path file) {
		String document = Pattern.compile("```.*?```", Pattern.DOTALL).matcher(Documents.read(file)).replaceAll("");
		return HEADING.matcher(document)
			.results()
			.map((heading) -> heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"))
			.map((heading) -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
			.toList();
	}

}

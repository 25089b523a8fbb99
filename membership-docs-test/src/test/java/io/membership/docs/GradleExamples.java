package io.membership.docs;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Checks examples for Gradle: that the build has what they depend on.
 */
final class GradleExamples {

	private static final Pattern COORDINATES = Pattern.compile("[\"']([\\w.-]+):([\\w.-]+)(?::([\\w.-]+))?[\"']");

	private GradleExamples() {
	}

	static List<String> problems(String script) {
		return COORDINATES.matcher(script)
			.results()
			.filter((found) -> !ClassPath.has(found.group(1), found.group(2),
					Objects.requireNonNullElse(found.group(3), "")))
			.map((found) -> "The build does not have " + found.group())
			.toList();
	}

}

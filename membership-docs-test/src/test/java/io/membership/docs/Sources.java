package io.membership.docs;

import java.nio.file.Path;

/**
 * The sources of this project.
 */
final class Sources {

	private Sources() {
	}

	/** Returns whether a text is a part of a literal in the main sources. */
	static boolean say(String text) {
		return Pom.modules()
			.stream()
			.flatMap((module) -> Documents.below(module + "/src/main/java", ".java").stream())
			.anyMatch((file) -> Documents.read(file).replaceAll("\"\\s*\\+\\s*\"", "").contains(text));
	}

	/**
	 * Returns whether there is a test with such a class, and a method in it if one is
	 * named.
	 */
	static boolean haveTest(String name, String method) {
		return Pom.modules()
			.stream()
			.flatMap((module) -> Documents.below(module + "/src/test/java", "/" + name + ".java").stream())
			.anyMatch((file) -> method.isEmpty() || declares(file, method));
	}

	private static boolean declares(Path file, String method) {
		return Documents.read(file).contains(" " + method + "(");
	}

}

package io.membership.docs;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the build has: the modules of this project, and what is on the class path of this
 * one.
 */
final class ClassPath {

	private static final String OURS = "io.membership";

	private ClassPath() {
	}

	static List<Path> elements() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList();
	}

	/** Returns whether there is an artifact, with any version if none is named. */
	static boolean has(String group, String artifact, String version) {
		if (group.equals(OURS)) {
			return isModule(artifact) && (version.isEmpty() || version.equals(Pom.root().getVersion()));
		}
		Path directory = Path.of(group.replace('.', '/'), artifact);
		return elements().stream()
			.filter((element) -> element.getNameCount() > directory.getNameCount() + 2)
			.filter((element) -> element.getParent().getParent().endsWith(directory))
			.anyMatch((element) -> version.isEmpty() || element.getParent().endsWith(version));
	}

	static boolean isModule(String name) {
		return Files.exists(Documents.ROOT.resolve(name).resolve("pom.xml"));
	}

}

package io.membership.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks examples for the shell: that bash can read them, and that modules, profiles,
 * tests and properties in them exist.
 */
final class ShellExamples {

	private static final Pattern MODULES = Pattern.compile("\\bmvn [^\\n]*?-pl (\\S+)");

	private static final Pattern PROFILE = Pattern.compile("\\bmvn [^\\n]*?-P(\\S+)");

	private static final Pattern TEST = Pattern.compile("-Dtest=(\\w+)(?:#(\\w+))?");

	private static final Pattern ARGUMENT = Pattern.compile("[ \"]--((?:\\w+[.-])+\\w+)=");

	private final PropertyMetadata metadata;

	ShellExamples(PropertyMetadata metadata) {
		this.metadata = metadata;
	}

	/** Returns the commands of a session, without the prompts and what was printed. */
	static String commands(String session) {
		List<String> commands = new ArrayList<>();
		boolean goesOn = false;
		for (String line : session.lines().toList()) {
			if (goesOn || line.startsWith("$ ")) {
				commands.add(goesOn ? line : line.substring(2));
				goesOn = line.endsWith("\\");
			}
		}
		return String.join("\n", commands) + "\n";
	}

	List<String> problems(String script) throws IOException, InterruptedException {
		List<String> problems = new ArrayList<>();
		if (script.isBlank()) {
			problems.add("No command");
		}
		problems.addAll(read(script));
		String joined = script.replaceAll("\\\\\\n\\s*", "");
		matches(MODULES, joined).flatMap((found) -> Stream.of(found.group(1).split(",")))
			.filter((module) -> !ClassPath.isModule(module))
			.forEach((module) -> problems.add("No module is called " + module));
		List<String> profiles = Pom.profiles();
		matches(PROFILE, joined).filter((found) -> !profiles.contains(found.group(1)))
			.forEach((found) -> problems.add("No profile is called " + found.group(1)));
		matches(TEST, joined)
			.filter((found) -> !Sources.haveTest(found.group(1), Objects.requireNonNullElse(found.group(2), "")))
			.forEach((found) -> problems.add("There is no test " + found.group()));
		matches(ARGUMENT, joined).filter((found) -> isProperty(found.group(1)))
			.filter((found) -> !this.metadata.knows(found.group(1)))
			.forEach((found) -> problems.add("No property is called " + found.group(1)));
		return problems;
	}

	private static Stream<MatchResult> matches(Pattern pattern, String text) {
		return pattern.matcher(text).results();
	}

	private static boolean isProperty(String argument) {
		return Stream.of("membership.", "management.", "server.", "spring.").anyMatch(argument::startsWith);
	}

	/** Returns what bash says when it reads the script without executing it. */
	private static List<String> read(String script) throws IOException, InterruptedException {
		Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
		bash.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
		bash.getOutputStream().close();
		String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		bash.waitFor();
		return said.lines().toList();
	}

}

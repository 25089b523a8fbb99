package io.membership.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How to start a small Java process with the class path of this one.
 *
 * @param prefix the command that runs the virtual machine, if there is one
 * @param environment variables besides those of this process
 * @param options options of the virtual machine
 * @param mainClass the main class
 * @param arguments its arguments
 */
public record JavaCommand(List<String> prefix, Map<String, String> environment, List<String> options,
		Class<?> mainClass, List<String> arguments) {

	private static final List<String> SMALL = List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	/** Returns the command that starts a main class with a heap of 64 MB. */
	public static JavaCommand of(Class<?> mainClass, Object... arguments) {
		return new JavaCommand(List.of(), Map.of(), SMALL, mainClass,
				Arrays.stream(arguments).map(Object::toString).toList());
	}

	/** Returns a command with more options, of which the last one of a kind counts. */
	public JavaCommand with(String... more) {
		return new JavaCommand(this.prefix, this.environment, joined(this.options, List.of(more)), this.mainClass,
				this.arguments);
	}

	/** Returns a command with more arguments. */
	public JavaCommand and(Object... more) {
		return new JavaCommand(this.prefix, this.environment, this.options, this.mainClass,
				joined(this.arguments, Arrays.stream(more).map(Object::toString).toList()));
	}

	/** Returns a command that another one runs, in this same process. */
	public JavaCommand behind(List<String> outer) {
		return new JavaCommand(joined(outer, this.prefix), this.environment, this.options, this.mainClass,
				this.arguments);
	}

	/** Returns a command with one more variable in its environment. */
	public JavaCommand variable(String name, String value) {
		Map<String, String> variables = new HashMap<>(this.environment);
		variables.put(name, value);
		return new JavaCommand(this.prefix, Map.copyOf(variables), this.options, this.mainClass, this.arguments);
	}

	/** Starts the process, and hands over the lines that it writes. */
	public Child start(Consumer<String> lines) throws IOException {
		List<String> command = new ArrayList<>(this.prefix);
		command.add(ProcessHandle.current().info().command().orElse("java"));
		command.addAll(this.options);
		command.addAll(List.of("-cp", CLASS_PATH, this.mainClass.getName()));
		command.addAll(this.arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().putAll(this.environment);
		return Child.of(builder.start(), lines);
	}

	private static List<String> joined(List<String> first, List<String> second) {
		List<String> all = new ArrayList<>(first);
		all.addAll(second);
		return List.copyOf(all);
	}

}

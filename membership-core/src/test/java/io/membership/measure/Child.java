package io.membership.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A process of this measurement. It is killed when the measurement ends, however that is.
 */
final class Child implements AutoCloseable {

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	private final Process process;

	private final Thread killer;

	private final Thread reader;

	private Child(Process process, Consumer<String> lines) {
		this.process = process;
		this.reader = new Thread(() -> read(lines), "reader-" + process.pid());
		this.reader.setDaemon(true);
		this.killer = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.killer);
	}

	/** Starts a small Java process, and hands over the lines that it writes. */
	static Child java(Class<?> mainClass, Consumer<String> lines, String heap, Object... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), heap,
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", CLASS_PATH, mainClass.getName()));
		for (Object argument : arguments) {
			command.add(argument.toString());
		}
		Child child = new Child(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start(),
				lines);
		child.reader.start();
		return child;
	}

	private void read(Consumer<String> lines) {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			output.lines().forEach(lines);
		}
		catch (IOException | UncheckedIOException ex) {
			// It was killed
		}
	}

	/**
	 * Stops the process, as SIGSTOP does, until the result is closed. A shell waits with
	 * the signal to go on: it ends, and sends it, also when this process dies.
	 */
	Stop stop() throws IOException {
		String pid = String.valueOf(this.process.pid());
		Process shell = new ProcessBuilder("sh", "-c", "kill -STOP " + pid + " && echo; read end; kill -CONT " + pid)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		if (shell.getInputStream().read() < 0) {
			throw new IOException("Process " + pid + " cannot be stopped");
		}
		return new Stop(shell);
	}

	/** Writes a line to the process. */
	void tell(String line) throws IOException {
		OutputStream input = this.process.getOutputStream();
		input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
		input.flush();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** Waits until the process has ended and its last line was handed over. */
	void await() throws InterruptedException {
		this.reader.join();
		this.process.waitFor();
	}

	/** Kills the process, as SIGKILL does, and waits until it is gone. */
	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
		try {
			Runtime.getRuntime().removeShutdownHook(this.killer);
		}
		catch (IllegalStateException ex) {
			// The hook runs already
		}
	}

	/** A process that stands still. */
	static final class Stop implements AutoCloseable {

		private final Process shell;

		private Stop(Process shell) {
			this.shell = shell;
		}

		@Override
		public void close() throws IOException {
			this.shell.getOutputStream().close();
			this.shell.onExit().join();
		}

	}

}

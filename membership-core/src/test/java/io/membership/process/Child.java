package io.membership.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A process that is killed when this one ends, however that is.
 */
public final class Child implements AutoCloseable {

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

	/**
	 * Takes a process into care.
	 * @param lines takes the lines that it writes
	 */
	public static Child of(Process process, Consumer<String> lines) {
		Child child = new Child(process, lines);
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
	public Stop stop() throws IOException {
		String pid = String.valueOf(this.process.pid());
		Process shell = new ProcessBuilder("sh", "-c",
				"kill -STOP " + pid + " && echo; read end; kill -CONT " + pid + " 2>/dev/null")
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		if (shell.getInputStream().read() < 0) {
			throw new IOException("Process " + pid + " cannot be stopped");
		}
		return new Stop(shell);
	}

	/** Writes a line to the process. */
	public void tell(String line) throws IOException {
		OutputStream input = this.process.getOutputStream();
		input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
		input.flush();
	}

	/** Returns the number of the process. */
	public long pid() {
		return this.process.pid();
	}

	/** Whether the process runs. */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** Waits until the process has ended and its last line was handed over. */
	public void await() throws InterruptedException {
		this.reader.join();
		this.process.waitFor();
	}

	/**
	 * Returns how the process ended.
	 * @throws IllegalThreadStateException if it runs
	 */
	public int exitValue() {
		return this.process.exitValue();
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
	public static final class Stop implements AutoCloseable {

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

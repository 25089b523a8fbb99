package io.membership.benchmark.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.membership.process.Lines;

/**
 * The main class of a process with nodes of one engine. It does what lines of its
 * standard input say:
 *
 * <pre>
 * start PORTS SEEDS      lists with commas, of which the second may be "-";
 *                        answers "started PORT" for each
 * payload PORT VALUE
 * leave PORT
 * sample                 answers "sample THREADS BYTES-OF-HEAP"
 * </pre>
 */
final class DriverProcess {

	private static final String NOBODY = "-";

	private final Driver driver;

	private final Map<Integer, Node> nodes = new ConcurrentHashMap<>();

	private final ExecutorService starters;

	private final Output output = Output.start(System.out);

	private DriverProcess(Driver driver) {
		this.driver = driver;
		this.starters = Executors.newFixedThreadPool(driver.startsAtOnce());
	}

	/**
	 * Runs nodes.
	 * @param arguments the name of a {@link JavaEngine}
	 */
	public static void main(String[] arguments) throws IOException {
		DriverProcess process = new DriverProcess(JavaEngine.valueOf(arguments[0]).driver());
		Lines.ofStandardInput((line) -> process.obey(line.split(" ", 3)));
	}

	private void obey(String[] words) {
		switch (words[0]) {
			case "start" ->
				ports(words[1]).forEach((port) -> this.starters.execute(() -> start(port, ports(words[2]))));
			case "payload" -> attempt(() -> node(words[1]).setPayload(words[2]));
			case "leave" -> leave(words[1]);
			case "sample" -> sample();
			default -> throw new IllegalArgumentException("This is no command: " + words[0]);
		}
	}

	private static List<Integer> ports(String list) {
		return list.equals(NOBODY) ? List.of() : Arrays.stream(list.split(",", -1)).map(Integer::valueOf).toList();
	}

	private void start(int port, List<Integer> seeds) {
		Witness witness = new Witness(port, this.output);
		witness.begins(Sight.START);
		attempt(() -> {
			this.nodes.put(port, this.driver.start(port, seeds, witness));
			this.output.line("started " + port);
		});
	}

	private Node node(String port) {
		Node node = this.nodes.get(Integer.valueOf(port));
		if (node == null) {
			throw new IllegalArgumentException("No node has the port " + port);
		}
		return node;
	}

	private void leave(String port) {
		attempt(() -> {
			Node node = node(port);
			new Witness(Integer.parseInt(port), this.output).begins(Sight.LEAVE);
			node.leave();
		});
	}

	@SuppressWarnings("ExplicitGC")
	private void sample() {
		int threads = ManagementFactory.getThreadMXBean().getThreadCount();
		System.gc();
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		this.output.line("sample " + threads + " " + heap);
	}

	private void attempt(Attempt attempt) {
		try {
			attempt.make();
		}
		catch (Exception | LinkageError ex) {
			this.output.line("failed " + ex);
		}
	}

	/** Something that may fail. */
	@FunctionalInterface
	private interface Attempt {

		void make() throws Exception;

	}

}

package io.membership.faults;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import io.membership.process.Lines;
import io.membership.process.Sighting;
import io.membership.process.Words;

/**
 * The main class of a process with one node with default options, which writes down what
 * it sees, and obeys commands. It ends when nobody holds the other end of its standard
 * input any more.
 */
final class MemberProcess {

	/** Sets a payload of as many characters as the second word says. */
	static final String PAYLOAD = "payload";

	/** Asks whether the second word, a member, answers. */
	static final String PROBE = "probe";

	/** Asks for the wall clock's time, in seconds. */
	static final String CLOCK = "clock";

	/** Collects garbage, and asks how much of the heap is in use. */
	static final String COLLECT = "collect";

	/** Takes all of the heap that is free. */
	static final String FILL = "fill";

	/** Gives back what was taken of the heap. */
	static final String FREE = "free";

	private static final int SMALLEST_BALLAST = 1024;

	/** What is left for this thread, which has to tell that it is done. */
	private static final int REST = 64 * 1024;

	private final Membership node;

	private final List<byte[]> ballast = new ArrayList<>();

	private MemberProcess(Membership node) {
		this.node = node;
	}

	/**
	 * Runs a node.
	 * @param arguments words: {@code host=} and {@code port=3301} of its URI,
	 * {@code bind=3301} for the port that it listens on, {@code seeds=} separated by
	 * commas, {@code snapshot=} for the file, {@code preload=on} to load all classes
	 */
	public static void main(String[] arguments) throws Exception {
		Words words = new Words(
				Map.of("host", "", "port", "3301", "bind", "3301", "seeds", "", "snapshot", "", "preload", "off"))
			.read(arguments);
		MembershipBuilder builder = Membership.builder()
			.advertisedHost(words.text("host"))
			.advertisedPort(words.number("port"))
			.port(words.number("bind"))
			.seeds(words.list("seeds").toArray(String[]::new));
		if (!words.text("snapshot").isEmpty()) {
			builder.snapshotFile(Path.of(words.text("snapshot")));
		}
		Membership node = builder.build();
		Sighting.print(node);
		node.subscribe((event) -> {
			if (event instanceof MemberPayloadChangedEvent change) {
				Lines.write(PAYLOAD + " of " + change.member().uri() + " is " + length(change.member().payload()));
			}
		});
		node.start();
		if (words.isOn("preload")) {
			loadClasses();
		}
		MemberProcess process = new MemberProcess(node);
		Lines.ofStandardInput((line) -> process.obey(line.split(" ", -1)));
	}

	/**
	 * Loads all classes of the engine. Those of an application are in an archive that is
	 * open already; these here are in files.
	 */
	private static void loadClasses() throws Exception {
		Path root = Path.of(Membership.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(root)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".class")).toList()) {
				String name = root.relativize(file).toString().replace('/', '.');
				Class.forName(name.substring(0, name.length() - ".class".length()));
			}
		}
	}

	private void obey(String[] command) {
		switch (command[0]) {
			case PAYLOAD -> this.node.setPayload(PAYLOAD, "x".repeat(Integer.parseInt(command[1])));
			case PROBE -> probe(MemberUri.parse(command[1]));
			case CLOCK -> Lines.write(CLOCK + " shows " + Instant.now().getEpochSecond());
			case COLLECT -> collect();
			case FILL -> fill();
			case FREE -> {
				this.ballast.clear();
				Lines.write(FREE);
			}
			default -> throw new IllegalArgumentException(command[0]);
		}
	}

	private void probe(MemberUri uri) {
		CompletableFuture<Void> unused = this.node.probeUri(uri)
			.thenAccept((result) -> Lines.write(PROBE + " " + result.getClass().getSimpleName()));
	}

	@SuppressWarnings("ExplicitGC")
	private void collect() {
		System.gc();
		MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		Lines.write(String.format(Locale.ROOT, "%s leaves %.1f MB of %.1f, failures %d", COLLECT, heap.getUsed() / 1e6,
				heap.getMax() / 1e6, this.node.state().failures()));
	}

	private void fill() {
		this.ballast.add(new byte[REST]);
		for (int size = 1 << 20; size >= SMALLEST_BALLAST; size /= 2) {
			try {
				while (true) {
					this.ballast.add(new byte[size]);
				}
			}
			catch (OutOfMemoryError ex) {
				// A smaller piece may fit
			}
		}
		this.ballast.remove(0);
		Lines.write(FILL);
	}

	private static int length(Map<String, Object> payload) {
		return (payload.get(PAYLOAD) instanceof String text) ? text.length() : 0;
	}

}

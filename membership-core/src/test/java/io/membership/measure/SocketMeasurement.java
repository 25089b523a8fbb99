package io.membership.measure;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures how soon others know of a node that is killed, that is stopped, and that goes
 * on, each in a process of its own; and how soon many nodes of one process know each
 * other. Not a test: run it with
 *
 * <pre>
 * mvn -B -ntp verify -pl membership-core -Dtest=SocketMeasurement -Dmembership.measure="nodes=20 repetitions=10"
 * </pre>
 *
 * Of these words each may be left out: {@code nodes=20}, {@code repetitions=10},
 * {@code extensions=on} or {@code off}, {@code together=100} for the nodes of one
 * process, {@code parts=kill,stop,together}.
 */
final class SocketMeasurement {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final String KILL_SUSPECTED = "SIGKILL: suspected by the first";

	private static final String KILL_FIRST = "SIGKILL: dead for the first";

	private static final String KILL_ALL = "SIGKILL: dead for all others";

	private static final String STOP_SUSPECTED = "SIGSTOP: suspected by the first";

	private static final String STOP_FIRST = "SIGSTOP: dead for the first";

	private static final String STOP_ALL = "SIGSTOP: dead for all others";

	private static final String CONTINUE_ALL = "SIGCONT: alive for all others";

	private static final String CONTINUE_QUIET = "SIGCONT: all see all alive";

	private final Map<String, String> words = new HashMap<>(Map.of("nodes", "20", "repetitions", "10", "extensions",
			"on", "together", "100", "parts", "kill,stop,together"));

	private final Figures figures = new Figures();

	private final Random random = new Random();

	SocketMeasurement() {
		this.figures.goal(KILL_ALL, 2.1);
		this.figures.goal(STOP_ALL, 5);
		this.figures.goal(CONTINUE_ALL, 3);
	}

	@Test
	@EnabledIfSystemProperty(named = "membership.measure", matches = ".*")
	void measure() throws Exception {
		main(System.getProperty("membership.measure").split(" ", -1));
	}

	/**
	 * Measures and prints a table.
	 * @param arguments words as described above
	 */
	public static void main(String[] arguments) throws Exception {
		SocketMeasurement measurement = new SocketMeasurement();
		Arrays.stream(arguments).filter((word) -> word.contains("=")).forEach(measurement::set);
		measurement.run();
	}

	private void set(String word) {
		String[] parts = word.split("=", 2);
		if (this.words.replace(parts[0], parts[1]) == null) {
			throw new IllegalArgumentException("'" + parts[0] + "' is none of " + this.words.keySet());
		}
	}

	private void run() throws Exception {
		if (wants("kill") || wants("stop")) {
			try (Mesh mesh = new Mesh(extensions())) {
				measure(mesh);
			}
		}
		if (wants("together")) {
			measureTogether();
		}
		System.out
			.println("\n" + number("nodes") + " processes, " + number("together") + " nodes in one process, extensions "
					+ this.words.get("extensions") + ", " + Runtime.getRuntime().availableProcessors()
					+ " processors, Java " + Runtime.version() + "\n\n" + this.figures);
	}

	private boolean wants(String part) {
		return Arrays.asList(this.words.getOrDefault("parts", "").split(",", -1)).contains(part);
	}

	private boolean extensions() {
		return "on".equals(this.words.get("extensions"));
	}

	private int number(String word) {
		return Integer.parseInt(this.words.getOrDefault(word, ""));
	}

	private void measure(Mesh mesh) throws Exception {
		for (int i = 0; i < number("nodes"); i++) {
			mesh.start(freePort());
		}
		for (int i = 0; i < number("repetitions"); i++) {
			if (wants("kill")) {
				settle(mesh);
				measureKill(mesh, anyOf(mesh));
			}
			if (wants("stop")) {
				settle(mesh);
				measureStop(mesh, anyOf(mesh));
			}
		}
	}

	/** Waits for health, and for any phase of the period. */
	private void settle(Mesh mesh) throws InterruptedException, TimeoutException {
		mesh.awaitHealth();
		TimeUnit.MILLISECONDS.sleep(2000 + this.random.nextInt(1000));
		mesh.awaitHealth();
	}

	private MemberUri anyOf(Mesh mesh) {
		return mesh.members().get(this.random.nextInt(mesh.members().size()));
	}

	private void measureKill(Mesh mesh, MemberUri victim) throws Exception {
		long begin = Sighting.now();
		mesh.kill(victim);
		noteDeath(mesh, victim, begin, KILL_SUSPECTED, KILL_FIRST, KILL_ALL);
		mesh.start(victim.port());
	}

	private void measureStop(Mesh mesh, MemberUri victim) throws Exception {
		Collection<MemberUri> others = mesh.othersThan(victim);
		long begin = Sighting.now();
		long goesOn;
		try (Child.Stop stop = mesh.stop(victim)) {
			noteDeath(mesh, victim, begin, STOP_SUSPECTED, STOP_FIRST, STOP_ALL);
			goesOn = Sighting.now();
		}
		mesh.observations()
			.await(victim + " is alive again", PATIENCE,
					() -> mesh.observations().see(others, victim, MemberStatus.ALIVE));
		long alive = mesh.observations().times(others, victim, MemberStatus.ALIVE, goesOn).getMax();
		note(CONTINUE_ALL, alive - goesOn);
		mesh.awaitHealth();
		note(CONTINUE_QUIET, mesh.observations().lastChange() - goesOn);
	}

	private void noteDeath(Mesh mesh, MemberUri victim, long begin, String suspected, String first, String all)
			throws InterruptedException, TimeoutException {
		Collection<MemberUri> others = mesh.othersThan(victim);
		mesh.observations()
			.await(victim + " is dead", PATIENCE, () -> mesh.observations().see(others, victim, MemberStatus.DEAD));
		LongSummaryStatistics suspicions = mesh.observations().times(others, victim, MemberStatus.SUSPECT, begin);
		LongSummaryStatistics deaths = mesh.observations().times(others, victim, MemberStatus.DEAD, begin);
		note(suspected, suspicions.getMin() - begin);
		note(first, deaths.getMin() - begin);
		note(all, deaths.getMax() - begin);
	}

	private void measureTogether() throws IOException, InterruptedException {
		String sinceFirst = number("together") + " in one process: all see all, since the first start";
		String sinceLast = number("together") + " in one process: all see all, since the last start";
		this.figures.goal(sinceFirst, 3);
		for (int i = 0; i < number("repetitions"); i++) {
			try (Child child = Child.java(ManyNodesProcess.class, (line) -> {
				String[] parts = line.split(" ", -1);
				if (parts[0].equals("took")) {
					note(sinceFirst, Long.parseLong(parts[1]));
					note(sinceLast, Long.parseLong(parts[2]));
				}
				else {
					System.out.println(line);
				}
			}, "-Xmx512m", extensions(), number("together"))) {
				child.await();
			}
		}
	}

	private synchronized void note(String name, long micros) {
		System.out.printf("%s: %.2f s%n", name, micros / 1e6);
		this.figures.add(name, micros);
	}

	private static int freePort() throws IOException {
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}

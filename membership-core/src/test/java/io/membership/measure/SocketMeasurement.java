package io.membership.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.process.Child;
import io.membership.process.JavaCommand;
import io.membership.process.Mesh;
import io.membership.process.Sighting;
import io.membership.process.Words;
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

	private final Words words = new Words(Map.of("nodes", "20", "repetitions", "10", "extensions", "on", "together",
			"100", "parts", "kill,stop,together"));

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
		measurement.words.read(arguments);
		measurement.run();
	}

	private void run() throws Exception {
		if (this.words.list("parts").contains("kill") || this.words.list("parts").contains("stop")) {
			JavaCommand node = JavaCommand.of(NodeProcess.class, this.words.isOn("extensions"));
			try (LocalMesh local = new LocalMesh(node, (line) -> System.out.println(line))) {
				local.start(this.words.number("nodes"));
				measure(local);
			}
		}
		if (this.words.list("parts").contains("together")) {
			measureTogether();
		}
		System.out.println("\n" + this.words.number("nodes") + " processes, " + this.words.number("together")
				+ " nodes in one process, extensions " + this.words.text("extensions") + ", "
				+ Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version() + "\n\n"
				+ this.figures);
	}

	private void measure(LocalMesh local) throws Exception {
		Mesh mesh = local.mesh();
		for (int i = 0; i < this.words.number("repetitions"); i++) {
			if (this.words.list("parts").contains("kill")) {
				settle(mesh);
				measureKill(local, anyOf(mesh));
			}
			if (this.words.list("parts").contains("stop")) {
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

	private void measureKill(LocalMesh local, MemberUri victim) throws Exception {
		long begin = Sighting.now();
		local.mesh().kill(victim);
		noteDeath(local.mesh(), victim, begin, KILL_SUSPECTED, KILL_FIRST, KILL_ALL);
		local.start(victim);
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
		String sinceFirst = this.words.number("together") + " in one process: all see all, since the first start";
		String sinceLast = this.words.number("together") + " in one process: all see all, since the last start";
		this.figures.goal(sinceFirst, 3);
		for (int i = 0; i < this.words.number("repetitions"); i++) {
			JavaCommand many = JavaCommand
				.of(ManyNodesProcess.class, this.words.isOn("extensions"), this.words.number("together"))
				.with("-Xmx512m");
			try (Child child = many.start((line) -> {
				String[] parts = line.split(" ", -1);
				if (parts[0].equals("took")) {
					note(sinceFirst, Long.parseLong(parts[1]));
					note(sinceLast, Long.parseLong(parts[2]));
				}
				else {
					System.out.println(line);
				}
			})) {
				child.await();
			}
		}
	}

	private synchronized void note(String name, long micros) {
		System.out.printf("%s: %.2f s%n", name, micros / 1e6);
		this.figures.add(name, micros);
	}

}

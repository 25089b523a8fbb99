package io.membership.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.membership.MemberUri;
import io.membership.MembershipCipher;
import io.membership.process.Child;
import io.membership.process.JavaCommand;
import io.membership.process.Mesh;
import io.membership.process.Sighting;
import io.membership.process.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Floods one of five nodes, each in a process of its own, with junk, and then lets
 * somebody who has the key make up members; prints how that node is doing each second,
 * and whatever anybody saw otherwise than alive. Not a test: run it with
 *
 * <pre>
 * mvn -B -ntp verify -pl membership-core -Dtest=FloodMeasurement -Dmembership.flood="seconds=60 rate=50000"
 * </pre>
 *
 * Of these words each may be left out: {@code nodes=5}, {@code rate=50000} datagrams per
 * second, {@code seconds=60} of each part, {@code sources=1} addresses that they come
 * from, {@code extensions=on} or {@code off}, {@code cipher=NONE}, {@code AES_256_CBC} or
 * {@code AES_256_GCM}, {@code made-up=10000} members, {@code max-members=10000},
 * {@code limit=5000} datagrams of one source in a second, {@code parts=junk,members}.
 */
final class FloodMeasurement {

	private static final int MOST_REMOVALS = 20;

	private static final String JUNK = "junk";

	private static final String MEMBERS = "members";

	private final Words words = new Words(
			Map.of("nodes", "5", "rate", "50000", "seconds", "60", "sources", "1", "extensions", "on", "cipher", "NONE",
					"made-up", "10000", "max-members", "10000", "limit", "5000", "parts", JUNK + "," + MEMBERS));

	private final Map<MemberUri, NodeSample> samples = new ConcurrentHashMap<>();

	private volatile CountDownLatch awaited = new CountDownLatch(0);

	@Test
	@EnabledIfSystemProperty(named = "membership.flood", matches = ".*")
	void measure() throws Exception {
		main(System.getProperty("membership.flood").split(" ", -1));
	}

	/**
	 * Measures and prints.
	 * @param arguments words as described above
	 */
	public static void main(String[] arguments) throws Exception {
		FloodMeasurement measurement = new FloodMeasurement();
		measurement.words.read(arguments);
		measurement.run();
	}

	private void run() throws Exception {
		System.out.println(this.words + ", " + Runtime.getRuntime().availableProcessors() + " processors, Java "
				+ Runtime.version());
		FloodedNodeProcess.Kind kind = new FloodedNodeProcess.Kind(this.words.isOn("extensions"),
				MembershipCipher.valueOf(this.words.text("cipher")), this.words.number("max-members"),
				this.words.number("limit"));
		try (LocalMesh local = new LocalMesh(JavaCommand.of(FloodedNodeProcess.class, kind), this::read)) {
			local.start(this.words.number("nodes"));
			Mesh mesh = local.mesh();
			mesh.awaitHealth();
			MemberUri victim = mesh.members().get(mesh.members().size() / 2);
			System.out.println("victim " + victim);
			watch(mesh, victim, 5, "before");
			if (this.words.list("parts").contains(JUNK)) {
				try (Child flooder = start(JunkProcess.class, victim.port(), this.words.number("rate"),
						this.words.number("seconds"), this.words.number("sources"))) {
					watch(mesh, victim, this.words.number("seconds"), JUNK);
					flooder.await();
				}
				watch(mesh, victim, 10, "after the junk");
			}
			if (this.words.list("parts").contains(MEMBERS)) {
				try (Child liar = start(LiarProcess.class, victim.port(), this.words.number("made-up"))) {
					liar.await();
					watch(mesh, victim, this.words.number("seconds"), MEMBERS);
				}
				remove(mesh);
				watch(mesh, victim, 5, "after all removed them");
			}
		}
	}

	/** Removes what was made up from all nodes, which tell it each other meanwhile. */
	private void remove(Mesh mesh) throws Exception {
		int left = 1;
		for (int round = 1; round <= MOST_REMOVALS && left > 0; round++) {
			mesh.tellAll(FloodedNodeProcess.REMOVE);
			TimeUnit.SECONDS.sleep(2);
			left = sample(mesh, FloodedNodeProcess.COLLECT).values().stream().mapToInt(NodeSample::madeUp).sum();
			System.out.println("removal " + round + ": all nodes together still know made-up=" + left);
		}
	}

	private Child start(Class<?> mainClass, Object... arguments) throws IOException {
		List<Object> all = new ArrayList<>(List.of(arguments));
		all.add(this.words.text("cipher"));
		return JavaCommand.of(mainClass, all.toArray()).start(System.out::println);
	}

	/** Prints how the victim is doing in each second, and what anybody doubted. */
	private void watch(Mesh mesh, MemberUri victim, int seconds, String phase) throws Exception {
		long begin = Sighting.now();
		NodeSample first = collected(mesh, victim);
		NodeSample before = first;
		for (int second = 1; second <= seconds; second++) {
			TimeUnit.SECONDS.sleep(1);
			NodeSample now = sample(mesh, FloodedNodeProcess.REPORT).get(victim);
			if (now != null) {
				System.out.println(phase + " " + second + ": " + now.since(before));
				before = now;
			}
		}
		System.out.println(phase + " in all: " + collected(mesh, victim).since(first));
		List<Sighting> doubts = mesh.observations().doubts(begin);
		System.out.println(phase + ": seen otherwise than alive: " + (doubts.isEmpty() ? "nobody" : doubts));
	}

	private NodeSample collected(Mesh mesh, MemberUri victim) throws Exception {
		return sample(mesh, FloodedNodeProcess.COLLECT).get(victim);
	}

	private Map<MemberUri, NodeSample> sample(Mesh mesh, String command) throws Exception {
		this.awaited = new CountDownLatch(mesh.members().size());
		mesh.tellAll(command);
		if (!this.awaited.await(30, TimeUnit.SECONDS)) {
			throw new IllegalStateException("A node does not answer any more");
		}
		return this.samples;
	}

	private void read(String line) {
		NodeSample sample = NodeSample.parse(line);
		if (sample != null) {
			this.samples.put(sample.node(), sample);
			this.awaited.countDown();
		}
		else {
			System.out.println(line);
		}
	}

}

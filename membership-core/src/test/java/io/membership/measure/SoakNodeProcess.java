package io.membership.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.management.JMException;

import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.Member;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipCipher;
import io.membership.MembershipOptions;
import io.membership.MembershipState;
import io.membership.Subscription;

/**
 * The main class of a process of one or two nodes that does as it is told, and answers
 * each line with one line. The one node is restless: it leaves, comes back and moves. The
 * other one, if there is one, stays.
 */
final class SoakNodeProcess {

	/** Precedes each answer; anything else is a log line. */
	static final String ANSWER = "= ";

	/** Changes the payload: followed by a number. */
	static final String PAYLOAD = "payload";

	/** The restless node says goodbye. */
	static final String LEAVE = "leave";

	/** The restless node falls silent. */
	static final String CRASH = "crash";

	/** The restless node comes back. */
	static final String RETURN = "return";

	/** The restless node gives way to another one with another URI. */
	static final String REPLACE = "replace";

	/** The restless node gets another port. */
	static final String MOVE = "move";

	/** Asks what all running nodes see. */
	static final String VIEWS = "views";

	/** Asks for the figures of the process. */
	static final String SAMPLE = "sample";

	static final Encryption ENCRYPTION = Encryption.of(MembershipCipher.AES_256_GCM, EncryptionKey.of("soak"));

	/** After how long members are forgotten. */
	static final Duration MEMORY = Duration.ofMinutes(1);

	/** No snapshots, instead of the beginning of the name of the files. */
	static final String NO_SNAPSHOT = "-";

	private static final int LONGEST_TEXT = 200;

	private final List<Membership> staying = new ArrayList<>();

	private final String snapshots;

	private final List<MemberUri> seeds;

	private Membership restless;

	private SoakNodeProcess(int staying, int port, String snapshots, List<MemberUri> seeds) {
		this.snapshots = snapshots;
		this.seeds = new ArrayList<>(seeds);
		for (int i = 0; i < staying; i++) {
			this.staying.add(start(0, "-staying"));
		}
		this.staying.forEach((node) -> this.seeds.add(node.myself().uri()));
		this.restless = start(port, "-restless");
	}

	/**
	 * Runs nodes, and writes their URIs.
	 * @param arguments how many stay, the port of the restless one or 0 for any, the
	 * beginning of the names of snapshot files, and seeds
	 */
	public static void main(String[] arguments) throws Exception {
		SoakNodeProcess process = new SoakNodeProcess(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]),
				arguments[2], List.of(arguments).subList(3, arguments.length).stream().map(MemberUri::parse).toList());
		answer(process.nodes().stream().map((node) -> node.myself().uri().toString()).collect(Collectors.joining(" ")));
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		String command = commands.readLine();
		while (command != null) {
			answer(process.obey(command.split(" ", -1)));
			command = commands.readLine();
		}
		Runtime.getRuntime().halt(0);
	}

	private static void answer(String text) {
		System.out.println(ANSWER + text);
		System.out.flush();
	}

	private Membership start(int port, String name) {
		return NodeProcess.builder(true, port)
			.portAutoIncrement(true)
			.options(MembershipOptions.builder().forgetAfter(MEMORY).build())
			.encryption(ENCRYPTION)
			.seeds(this.seeds)
			.snapshotFile(this.snapshots.equals(NO_SNAPSHOT) ? null : Path.of(this.snapshots + name))
			.start();
	}

	private List<Membership> nodes() {
		List<Membership> nodes = new ArrayList<>(this.staying);
		nodes.add(this.restless);
		return nodes;
	}

	private String obey(String[] words) throws IOException, JMException {
		switch (words[0]) {
			case PAYLOAD -> nodes().forEach((node) -> changePayload(node, Integer.parseInt(words[1])));
			case LEAVE -> this.restless.leave();
			case CRASH -> this.restless.crash();
			case RETURN -> this.restless.start();
			case REPLACE -> replace();
			case MOVE -> this.restless.reinit(NodeProcess.LOOPBACK, freePort());
			case VIEWS -> {
				return views();
			}
			case SAMPLE -> {
				return sample();
			}
			default -> throw new IllegalArgumentException(words[0]);
		}
		return this.restless.myself().uri().toString();
	}

	/** Changes the payload as an application does that comes and goes with it. */
	private static void changePayload(Membership node, int number) {
		try (Subscription subscription = node.subscribe((event) -> {
		})) {
			Map<String, Object> changes = new LinkedHashMap<>();
			changes.put("number", number);
			changes.put("text", "x".repeat(number % LONGEST_TEXT));
			node.setPayload(changes);
			subscription.snapshot().keySet().stream().findAny().ifPresent((uri) -> node.probeUri(uri).join());
		}
	}

	private void replace() {
		this.restless.close();
		this.restless = start(0, "-restless");
	}

	private String views() {
		return nodes().stream()
			.filter((node) -> node.state().running())
			.map((node) -> node.myself().uri() + " " + view(node))
			.collect(Collectors.joining(" "));
	}

	/** Returns all that members must agree on, as a word. */
	private static String view(Membership node) {
		return new TreeMap<>(node.members()).values()
			.stream()
			.map(SoakNodeProcess::describe)
			.collect(Collectors.joining(";"));
	}

	private static String describe(Member member) {
		return member.uri() + "," + member.status() + "," + member.incarnation() + ","
				+ new TreeMap<>(member.payload()).toString().replace(" ", "");
	}

	private String sample() throws IOException, JMException {
		Map<String, Long> figures = Resources.take();
		List<MembershipState> states = nodes().stream().map(Membership::state).toList();
		figures.put("members", nodes().stream().mapToLong((node) -> node.members().size()).sum());
		figures.put("tombstones", states.stream().mapToLong(MembershipState::tombstones).sum());
		figures.put("rumors", states.stream().mapToLong(MembershipState::pendingRumors).sum());
		figures.put("events", states.stream().mapToLong(MembershipState::eventBacklog).sum());
		figures.put("duplicates", states.stream().filter(MembershipState::duplicateUri).count());
		figures.put("failures", states.stream().mapToLong(MembershipState::failures).sum());
		return figures.entrySet()
			.stream()
			.map((figure) -> figure.getKey() + "=" + figure.getValue())
			.collect(Collectors.joining(" "));
	}

	private static int freePort() throws IOException {
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}

package io.membership.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.management.JMException;
import javax.management.ObjectName;

import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.ProbeResult;
import io.membership.process.Lines;

/**
 * The main class of a process with one node of this engine, with default options. It does
 * what lines of its standard input say:
 *
 * <pre>
 * members     answers "members COUNT"
 * probe       pings all members; answers "probed COUNT", those that answered
 * histogram   collects garbage; answers "class BYTES NAME" for each class with objects,
 *             and "end"
 * </pre>
 */
final class ObservedNode {

	/** So that not all answers come at once. */
	private static final int PROBES_AT_ONCE = 20;

	/** A line is a number, a count, bytes and a class, maybe with its module. */
	private static final int BYTES = 2;

	private static final int CLASS = 3;

	private ObservedNode() {
	}

	/**
	 * Runs the node; writes "started" when it is there.
	 * @param arguments its address and its port
	 */
	public static void main(String[] arguments) throws IOException {
		Membership node = Membership.builder()
			.bindAddress(arguments[0])
			.advertisedHost(arguments[0])
			.port(Integer.parseInt(arguments[1]))
			.build();
		node.start();
		Lines.write("started");
		Lines.ofStandardInput((command) -> obey(command, node));
	}

	private static void obey(String command, Membership node) {
		try {
			switch (command) {
				case "members" -> Lines.write("members " + node.members().size());
				case "probe" -> Lines.write("probed " + probe(node));
				case "histogram" -> histogram();
				default -> throw new IllegalArgumentException("This is no command: " + command);
			}
		}
		catch (InterruptedException | JMException ex) {
			Lines.write("failed " + ex);
		}
	}

	private static int probe(Membership node) throws InterruptedException {
		int answered = 0;
		List<MemberUri> all = node.members()
			.keySet()
			.stream()
			.filter((uri) -> !uri.equals(node.myself().uri()))
			.toList();
		for (int from = 0; from < all.size(); from += PROBES_AT_ONCE) {
			answered += all.subList(from, Math.min(from + PROBES_AT_ONCE, all.size()))
				.stream()
				.map(node::probeUri)
				.toList()
				.stream()
				.mapToInt((result) -> (result.join() instanceof ProbeResult.Alive) ? 1 : 0)
				.sum();
			TimeUnit.MILLISECONDS.sleep(1);
		}
		return answered;
	}

	private static void histogram() throws JMException {
		String text = (String) ManagementFactory.getPlatformMBeanServer()
			.invoke(ObjectName.getInstance("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		text.lines()
			.map((line) -> line.strip().split("\\s+", -1))
			.filter((fields) -> fields[0].endsWith(":") && fields.length > CLASS)
			.forEach((fields) -> Lines.write("class " + fields[BYTES] + " " + fields[CLASS]));
		Lines.write("end");
	}

}

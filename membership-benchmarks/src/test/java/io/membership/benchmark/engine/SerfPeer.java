package io.membership.benchmark.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.membership.process.Child;
import org.jspecify.annotations.Nullable;

/**
 * One agent, which writes what it sees into its log. The time is when that line is read.
 * That tags changed is in the log, but not to what: so they count as the last ones that
 * were set.
 */
final class SerfPeer implements Peer {

	/** The port for commands, seen from that of the node. */
	private static final int COMMANDS = 10_000;

	private static final Pattern EVENT = Pattern.compile("serf: Event(Member\\w+): (\\d+)");

	private final Consumer<String> lines;

	private final AtomicReference<String> tag;

	private @Nullable Child agent;

	/**
	 * Creates a process without an agent.
	 * @param lines takes what it sees
	 * @param tag what was last set by any agent of the mesh
	 */
	SerfPeer(Consumer<String> lines, AtomicReference<String> tag) {
		this.lines = lines;
		this.tag = tag;
	}

	@Override
	public void start(List<Integer> ports, List<Integer> seeds) throws IOException {
		int port = ports.get(0);
		say(port, Sight.START, port);
		List<String> command = new ArrayList<>(List.of("serf", "agent", "-node=" + port,
				"-bind=" + Driver.HOST + ":" + port, "-rpc-addr=" + commandAddress(port)));
		Driver.addresses(seeds).forEach((seed) -> command.add("-join=" + seed));
		this.agent = Child.of(new ProcessBuilder(command).redirectErrorStream(true).start(),
				(line) -> read(port, line));
	}

	private static String commandAddress(int port) {
		return Driver.HOST + ":" + (port + COMMANDS);
	}

	private void read(int observer, String line) {
		Matcher event = EVENT.matcher(line);
		if (event.find()) {
			int subject = Integer.parseInt(event.group(2));
			switch (event.group(1)) {
				case "MemberJoin" -> {
					say(observer, Sight.UP, subject);
					if (observer == subject) {
						this.lines.accept("started " + observer);
					}
				}
				case "MemberUpdate" -> say(observer, Sight.PAYLOAD, subject + " " + this.tag.get());
				default -> say(observer, Sight.DOWN, subject);
			}
		}
	}

	private void say(int observer, Sight sight, Object subject) {
		this.lines.accept(Witness.MARK + " 0 " + observer + " " + sight + " " + subject);
	}

	@Override
	public void setPayload(int port, String value) throws IOException {
		this.tag.set(value);
		new ProcessBuilder("serf", "tags", "-set", "payload=" + value, "-rpc-addr=" + commandAddress(port)).start();
	}

	@Override
	public void leave(int port) throws IOException {
		say(port, Sight.LEAVE, port);
		new ProcessBuilder("serf", "leave", "-rpc-addr=" + commandAddress(port)).start();
	}

	/** Before there is an agent, there is nothing to wait for either. */
	@Override
	public void sample() throws IOException {
		long threads = (this.agent != null) ? status("Threads:") : 0;
		long kilobytes = (this.agent != null) ? status("VmRSS:") : 0;
		this.lines.accept("sample " + threads + " " + kilobytes * 1024);
	}

	private long status(String key) throws IOException {
		return Files.readAllLines(Path.of("/proc/" + pid() + "/status"))
			.stream()
			.filter((line) -> line.startsWith(key))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
			.sum();
	}

	@Override
	public Child.Stop stop() throws IOException {
		return agent().stop();
	}

	@Override
	public long pid() {
		return agent().pid();
	}

	private Child agent() {
		if (this.agent == null) {
			throw new IllegalStateException("No agent was started");
		}
		return this.agent;
	}

	@Override
	public void close() {
		if (this.agent != null) {
			this.agent.close();
		}
	}

}

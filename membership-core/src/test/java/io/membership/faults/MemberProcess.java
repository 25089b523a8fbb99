package io.membership.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import io.membership.MemberPayloadChangedEvent;
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

	private MemberProcess() {
	}

	/**
	 * Runs a node.
	 * @param arguments words: {@code host=} and {@code port=3301} of its URI,
	 * {@code bind=3301} for the port that it listens on, {@code seeds=} separated by
	 * commas, {@code snapshot=} for the file, {@code packet=1472} bytes
	 */
	public static void main(String[] arguments) throws IOException {
		Words words = new Words(
				Map.of("host", "", "port", "3301", "bind", "3301", "seeds", "", "snapshot", "", "packet", "1472"))
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
		node.updateOptions((options) -> options.maxPacketSize(words.number("packet")));
		Sighting.print(node);
		node.subscribe((event) -> {
			if (event instanceof MemberPayloadChangedEvent change) {
				Lines.write(PAYLOAD + " of " + change.member().uri() + " is " + length(change.member().payload()));
			}
		});
		node.start();
		Lines.ofStandardInput((line) -> obey(node, line.split(" ", -1)));
	}

	private static void obey(Membership node, String[] command) {
		switch (command[0]) {
			case PAYLOAD -> node.setPayload(PAYLOAD, "x".repeat(Integer.parseInt(command[1])));
			default -> throw new IllegalArgumentException(command[0]);
		}
	}

	private static int length(Map<String, Object> payload) {
		return (payload.get(PAYLOAD) instanceof String text) ? text.length() : 0;
	}

}

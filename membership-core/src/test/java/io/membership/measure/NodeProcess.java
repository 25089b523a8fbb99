package io.membership.measure;

import java.io.IOException;
import java.util.Set;

import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import io.membership.MembershipOptions;
import io.membership.process.Lines;
import io.membership.process.Sighting;

/**
 * The main class of a process with one node, which writes down what the node sees. It
 * ends when nobody holds the other end of its standard input any more.
 */
final class NodeProcess {

	static final String LOOPBACK = "127.0.0.1";

	private NodeProcess() {
	}

	/**
	 * Runs a node.
	 * @param arguments whether extensions are on, the port, and maybe a seed
	 */
	public static void main(String[] arguments) throws IOException {
		MembershipBuilder builder = builder(Boolean.parseBoolean(arguments[0]), Integer.parseInt(arguments[1]));
		if (arguments.length > 2) {
			builder.seeds(arguments[2]);
		}
		Membership node = builder.build();
		Sighting.print(node);
		node.start();
		Lines.ofStandardInput((line) -> {
		});
	}

	static MembershipBuilder builder(boolean extensions, int port) {
		return Membership.builder()
			.bindAddress(LOOPBACK)
			.advertisedHost(LOOPBACK)
			.port(port)
			.options(MembershipOptions.builder()
				.extensions(extensions ? MembershipOptions.ALL_EXTENSIONS : Set.of())
				.build());
	}

	/** Returns the URI of a node on this machine. */
	static MemberUri uri(int port) {
		return MemberUri.of(LOOPBACK, port);
	}

}

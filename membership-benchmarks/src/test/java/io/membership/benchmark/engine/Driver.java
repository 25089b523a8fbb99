package io.membership.benchmark.engine;

import java.util.List;

/**
 * Starts nodes of some engine in this process, as its guide says and with its defaults
 * for a local network.
 */
interface Driver {

	/** The address of all nodes. */
	String HOST = "127.0.0.1";

	/**
	 * Starts a node.
	 * @param port its port, which is also its name
	 * @param seeds the ports of others, empty for the first node of a mesh
	 * @param witness is told what the node sees
	 */
	Node start(int port, List<Integer> seeds, Witness witness) throws Exception;

	/** How many nodes of one process start at the same time, as starting takes long. */
	default int startsAtOnce() {
		return 1;
	}

	/** Returns the addresses of ports. */
	static List<String> addresses(List<Integer> ports) {
		return ports.stream().map((port) -> HOST + ":" + port).toList();
	}

}

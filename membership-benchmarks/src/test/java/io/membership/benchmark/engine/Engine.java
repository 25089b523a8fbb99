package io.membership.benchmark.engine;

import java.io.IOException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * An engine that can be measured.
 */
public interface Engine {

	/** Returns the name by which it is chosen. */
	String id();

	/** Returns what it is, with its version. */
	String title();

	/** Returns how its nodes are set up. */
	String setup();

	/** Returns why it cannot run on this machine, or {@code null} if it can. */
	@Nullable String obstacle();

	/** How many nodes one process may have. */
	int nodesPerProcess();

	/** Whether members say something about themselves that may change. */
	boolean hasPayload();

	/** How many times longer than others it takes to come together. */
	default int slowness() {
		return 1;
	}

	/**
	 * Starts a process without nodes.
	 * @param lines takes what its nodes see, and its other answers
	 */
	Peer launch(Consumer<String> lines) throws IOException;

}

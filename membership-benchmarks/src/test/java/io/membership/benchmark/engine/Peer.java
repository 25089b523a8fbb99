package io.membership.benchmark.engine;

import java.io.IOException;
import java.util.List;

import io.membership.process.Child;

/**
 * A process with nodes.
 */
public interface Peer extends AutoCloseable {

	/** Starts nodes on ports, who know some others. */
	void start(List<Integer> ports, List<Integer> seeds) throws IOException;

	/** Changes what a node says about itself. */
	void setPayload(int port, String value) throws IOException;

	/** Lets a node say goodbye. */
	void leave(int port) throws IOException;

	/** Asks for threads and memory, which a line will tell. */
	void sample() throws IOException;

	/** Stops the process until the result is closed. */
	Child.Stop stop() throws IOException;

	/** Returns the number of the process. */
	long pid();

	/** Kills the process. */
	@Override
	void close();

}

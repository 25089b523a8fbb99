package io.membership.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

import io.membership.MemberUri;

/**
 * Nodes in processes of their own, and what they see.
 */
public final class Mesh implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final BiConsumer<MemberUri, String> otherLines;

	private final Observations observations = new Observations();

	private final Map<MemberUri, Child> children = new LinkedHashMap<>();

	/**
	 * Creates a mesh without nodes.
	 * @param otherLines takes what a node writes besides {@link Sighting}s
	 */
	public Mesh(BiConsumer<MemberUri, String> otherLines) {
		this.otherLines = otherLines;
	}

	/** Starts a node, and waits until it has begun. */
	public void start(MemberUri uri, JavaCommand command) throws IOException, InterruptedException, TimeoutException {
		this.observations.forget(uri);
		this.children.put(uri, command.start((line) -> read(uri, line)));
		this.observations.await(uri + " begins", PATIENCE, () -> this.observations.seeEachOther(List.of(uri)));
	}

	private void read(MemberUri node, String line) {
		Sighting sighting = Sighting.parse(line);
		if (sighting != null) {
			this.observations.add(sighting);
		}
		else {
			this.otherLines.accept(node, line);
		}
	}

	/** Returns all nodes, in the order of their first start. */
	public List<MemberUri> members() {
		return List.copyOf(this.children.keySet());
	}

	/** Returns all nodes but one. */
	public Collection<MemberUri> othersThan(MemberUri member) {
		return this.children.keySet().stream().filter((other) -> !other.equals(member)).toList();
	}

	/** Returns what the nodes see. */
	public Observations observations() {
		return this.observations;
	}

	/** Kills the process of a node. */
	public void kill(MemberUri member) {
		child(member).close();
	}

	/** Writes a line to each node. */
	public void tellAll(String line) throws IOException {
		for (Child child : this.children.values()) {
			child.tell(line);
		}
	}

	/** Stops the process of a node, until the result is closed. */
	public Child.Stop stop(MemberUri member) throws IOException {
		return child(member).stop();
	}

	/**
	 * Returns the process of a node.
	 * @throws IllegalStateException if it does not run
	 */
	public Child child(MemberUri member) {
		Child child = this.children.get(member);
		if (child == null || !child.isAlive()) {
			throw new IllegalStateException(member + " does not run");
		}
		return child;
	}

	/** Waits until all see all alive. */
	public void awaitHealth() throws InterruptedException, TimeoutException {
		try {
			this.observations.await("all see all alive", PATIENCE, () -> this.observations.seeEachOther(members()));
		}
		catch (TimeoutException ex) {
			TimeoutException withViews = new TimeoutException(ex.getMessage() + ", but " + this.observations);
			withViews.initCause(ex);
			throw withViews;
		}
	}

	@Override
	public void close() {
		this.children.values().forEach(Child::close);
	}

}

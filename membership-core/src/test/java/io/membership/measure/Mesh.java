package io.membership.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.membership.MemberUri;

/**
 * Nodes in processes of their own, and what they see.
 */
final class Mesh implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final Class<?> mainClass;

	private final Object kind;

	private final Consumer<String> otherLines;

	private final Observations observations = new Observations();

	private final Map<MemberUri, Child> children = new LinkedHashMap<>();

	Mesh(boolean extensions) {
		this(NodeProcess.class, extensions, System.out::println);
	}

	/**
	 * Creates a mesh without nodes.
	 * @param mainClass the main class of each, which writes {@link Sighting}s
	 * @param kind its first argument
	 * @param otherLines takes what the nodes write besides
	 */
	Mesh(Class<?> mainClass, Object kind, Consumer<String> otherLines) {
		this.mainClass = mainClass;
		this.kind = kind;
		this.otherLines = otherLines;
	}

	/** Starts a node on a port where nobody is, and waits until it has begun. */
	MemberUri start(int port) throws IOException, InterruptedException, TimeoutException {
		MemberUri uri = NodeProcess.uri(port);
		this.observations.forget(uri);
		List<Object> arguments = new ArrayList<>(List.of(this.kind, port));
		this.children.keySet().stream().filter((other) -> !other.equals(uri)).findFirst().ifPresent(arguments::add);
		this.children.put(uri, Child.java(this.mainClass, this::read, "-Xmx64m", arguments.toArray()));
		this.observations.await(uri + " begins", PATIENCE, () -> this.observations.seeEachOther(List.of(uri)));
		return uri;
	}

	private void read(String line) {
		Sighting sighting = Sighting.parse(line);
		if (sighting != null) {
			this.observations.add(sighting);
		}
		else {
			this.otherLines.accept(line);
		}
	}

	List<MemberUri> members() {
		return List.copyOf(this.children.keySet());
	}

	Collection<MemberUri> othersThan(MemberUri member) {
		return this.children.keySet().stream().filter((other) -> !other.equals(member)).toList();
	}

	Observations observations() {
		return this.observations;
	}

	void kill(MemberUri member) {
		child(member).close();
	}

	/** Writes a line to each node. */
	void tellAll(String line) throws IOException {
		for (Child child : this.children.values()) {
			child.tell(line);
		}
	}

	Child.Stop stop(MemberUri member) throws IOException {
		return child(member).stop();
	}

	private Child child(MemberUri member) {
		Child child = this.children.get(member);
		if (child == null || !child.isAlive()) {
			throw new IllegalStateException(member + " does not run");
		}
		return child;
	}

	void awaitHealth() throws InterruptedException, TimeoutException {
		this.observations.await("all see all alive", PATIENCE, () -> this.observations.seeEachOther(members()));
	}

	@Override
	public void close() {
		this.children.values().forEach(Child::close);
	}

}

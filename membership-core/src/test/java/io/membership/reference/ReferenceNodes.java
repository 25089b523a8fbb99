package io.membership.reference;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The nodes of one test class: started before its first case, stopped after its last, and
 * watched by {@link SizeTrap} all the time. They begin without a payload and without
 * knowing each other. Ports are free ones, so that classes can run at the same time.
 */
final class ReferenceNodes implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

	private final String host;

	private final @Nullable String bindAddress;

	private final int count;

	private final List<String> keys;

	private final List<ReferenceNode> nodes = new ArrayList<>();

	/** Creates nodes that are advertised under a host name. */
	ReferenceNodes(String host, int count, String... keys) {
		this(host, null, count, keys);
	}

	/**
	 * Creates nodes.
	 * @param host the advertised host
	 * @param bindAddress the address to bind, or {@code null} for all
	 * @param count how many nodes
	 * @param keys the encryption keys that the nodes will use some time
	 */
	ReferenceNodes(String host, @Nullable String bindAddress, int count, String... keys) {
		this.host = host;
		this.bindAddress = bindAddress;
		this.count = count;
		this.keys = List.of(keys);
	}

	void start() {
		for (int i = 0; i < this.count; i++) {
			this.nodes.add(startNode());
		}
	}

	private ReferenceNode startNode() {
		ReferenceNode node = new ReferenceNode(this.host, this.bindAddress);
		while (this.keys.stream().anyMatch(node::passesForPlain)) {
			node.dispose();
			node = new ReferenceNode(this.host, this.bindAddress);
		}
		return node;
	}

	/** Returns a node by its number, counted from 1 as in the reference's tests. */
	ReferenceNode node(int number) {
		return this.nodes.get(number - 1);
	}

	List<ReferenceNode> all() {
		return List.copyOf(this.nodes);
	}

	void checkTraps() {
		assertThat(this.nodes)
			.allSatisfy((node) -> assertThat(node.trap().violations()).as(node.uri().toString()).isEmpty());
	}

	@Override
	public void close() {
		this.nodes.forEach(ReferenceNode::dispose);
		checkTraps();
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		start();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		checkTraps();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		close();
	}

	/**
	 * Returns a host name that does not resolve, whatever the name servers around claim
	 * and without asking them: one of its labels is longer than a name server may be
	 * asked for (RFC 1035 §2.3.4).
	 */
	static String unresolvable(String name) {
		return name + '.' + "x".repeat(64);
	}

}

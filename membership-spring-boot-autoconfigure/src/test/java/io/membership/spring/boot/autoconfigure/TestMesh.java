package io.membership.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import io.membership.MembershipOptions;
import org.awaitility.Awaitility;

/**
 * Nodes on free ports of the loopback interface for a context under test to meet, and
 * properties that make it one of them.
 */
public final class TestMesh implements AutoCloseable {

	private static final MembershipOptions OPTIONS = MembershipOptions.builder()
		.protocolPeriod(Duration.ofMillis(500))
		.ackTimeout(Duration.ofMillis(400))
		.suspectTimeout(Duration.ofSeconds(1))
		.antiEntropyPeriod(Duration.ofSeconds(1))
		.build();

	private final List<Membership> nodes = new ArrayList<>();

	/**
	 * Returns properties for a node on loopback with short periods, yet long enough for a
	 * machine that is busy with other things: nobody is suspected without cause.
	 * @param more further properties
	 * @return all properties
	 */
	public static String[] properties(String... more) {
		List<String> properties = new ArrayList<>(List.of("membership.address=127.0.0.1", "membership.port=0",
				"membership.protocol-period=500ms", "membership.ack-timeout=400ms", "membership.suspect-timeout=1s",
				"membership.anti-entropy-period=1s"));
		properties.addAll(List.of(more));
		return properties.toArray(String[]::new);
	}

	/**
	 * Returns a description of a node of this mesh.
	 * @return a builder with a free port and short periods
	 */
	public static MembershipBuilder builder() {
		return Membership.builder().bindAddress("127.0.0.1").advertisedHost("127.0.0.1").port(0).options(OPTIONS);
	}

	/**
	 * Starts a node.
	 * @return the node
	 */
	public Membership start() {
		return start(builder());
	}

	/**
	 * Starts a node.
	 * @param builder the node
	 * @return the node
	 */
	public Membership start(MembershipBuilder builder) {
		Membership node = builder.start();
		this.nodes.add(node);
		return node;
	}

	/**
	 * Waits until one node sees another one with a status.
	 * @param observer who sees
	 * @param uri who is seen
	 * @param status the status
	 */
	public static void awaitStatus(Membership observer, MemberUri uri, MemberStatus status) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> observer.member(uri).filter((member) -> member.status() == status).isPresent());
	}

	@Override
	public void close() {
		this.nodes.forEach(Membership::close);
	}

}

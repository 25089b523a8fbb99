package io.membership.measure;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.membership.MemberUri;
import io.membership.process.JavaCommand;
import io.membership.process.Mesh;

/**
 * A mesh on loopback, of nodes that are all of one kind.
 */
final class LocalMesh implements AutoCloseable {

	private final JavaCommand node;

	private final Mesh mesh;

	/**
	 * Creates a mesh without nodes.
	 * @param node starts a node that is given its port, and maybe a seed
	 * @param otherLines takes what the nodes write besides sightings
	 */
	LocalMesh(JavaCommand node, Consumer<String> otherLines) {
		this.node = node;
		this.mesh = new Mesh((uri, line) -> otherLines.accept(line));
	}

	Mesh mesh() {
		return this.mesh;
	}

	/** Starts nodes on ports where nobody is. */
	void start(int count) throws IOException, InterruptedException, TimeoutException {
		for (int i = 0; i < count; i++) {
			start(NodeProcess.uri(freePort()));
		}
	}

	/** Starts a node, and waits until it has begun. */
	void start(MemberUri uri) throws IOException, InterruptedException, TimeoutException {
		JavaCommand command = this.node.and(uri.port());
		this.mesh.start(uri, this.mesh.othersThan(uri).stream().findFirst().map(command::and).orElse(command));
	}

	private static int freePort() throws IOException {
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() {
		this.mesh.close();
	}

}

package io.membership.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Hosts on one switch, all of them network namespaces: nothing of it is on the real
 * network, nor in the way of others that are made at the same time. It is gone when it is
 * closed, or at the latest when this process ends in order.
 */
final class Network implements AutoCloseable {

	private final String name = "membership-" + UUID.randomUUID().toString().substring(0, 8);

	private final String hub = this.name + "-switch";

	private final List<String> namespaces = new ArrayList<>();

	private final List<Host> hosts = new ArrayList<>();

	private final Thread cleaner = new Thread(this::remove);

	Network() throws IOException {
		Runtime.getRuntime().addShutdownHook(this.cleaner);
		try {
			addNamespace(this.hub);
			Command.run("ip", "-n", this.hub, "link", "add", "br0", "type", "bridge");
			Command.run("ip", "-n", this.hub, "link", "set", "br0", "up");
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
	}

	private void addNamespace(String namespace) throws IOException {
		this.namespaces.add(namespace);
		Command.run("ip", "netns", "add", namespace);
	}

	/**
	 * Adds a host with an address of its own on the interface {@code eth0}.
	 * @param label its name, of few letters
	 */
	Host host(String label) throws IOException {
		String namespace = this.name + "-" + label;
		addNamespace(namespace);
		Host host = new Host(namespace, "10.77.0." + (this.hosts.size() + 1));
		this.hosts.add(host);
		host.ip("link", "set", "lo", "up");
		plug(host, "eth0", label);
		host.ip("addr", "add", host.address() + "/24", "dev", "eth0");
		return host;
	}

	/**
	 * Connects one more interface of a host to the switch.
	 * @param host the host
	 * @param device the name of the interface
	 * @param port the name of the switch's end of the cable
	 */
	void plug(Host host, String device, String port) throws IOException {
		Command.run("ip", "-n", this.hub, "link", "add", port, "type", "veth", "peer", "name", device, "netns",
				host.namespace());
		setPort(port, "master", "br0", "up");
		host.ip("link", "set", device, "up");
	}

	/** Changes the switch's end of a cable, as {@code ip link set} does. */
	void setPort(String port, String... settings) throws IOException {
		List<String> command = new ArrayList<>(List.of("ip", "-n", this.hub, "link", "set", port));
		command.addAll(List.of(settings));
		Command.run(command);
	}

	@Override
	public void close() {
		remove();
		try {
			Runtime.getRuntime().removeShutdownHook(this.cleaner);
		}
		catch (IllegalStateException ex) {
			// The hook runs already
		}
	}

	/** Interfaces go with the namespaces. What is not there need not be removed. */
	private synchronized void remove() {
		for (String namespace : this.namespaces) {
			try {
				Command.run("ip", "netns", "del", namespace);
			}
			catch (IOException ex) {
				// It could not be created in the first place
			}
		}
		this.namespaces.clear();
		try {
			for (Host host : this.hosts) {
				host.removeFiles();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.hosts.clear();
	}

}

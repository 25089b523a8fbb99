package io.membership.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.membership.MemberStatus;
import io.membership.net.LocalNetworks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.membership.reference.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The reference's {@code test/integration/broadcast_test.lua}.
 * <p>
 * The original broadcasts into the network that the host is attached to. Tests must not
 * greet other machines, so there are two cases instead: one with a network of its own,
 * where the host can make one, and one that stays on loopback, which is what the original
 * falls back to.
 */
class BroadcastTests {

	private static final String ADDRESS = "10.20.30.1";

	private static final String BROADCAST_ADDRESS = "10.20.30.255";

	/**
	 * A socket that is bound to loopback reaches nothing else: the system refuses to send
	 * from there to another network.
	 */
	@Test
	void testJoinOnLoopback() throws SocketException {
		assumeTrue(System.getProperty("os.name").equals("Linux") || hasOnlyLoopback(),
				"only Linux is known to keep datagrams from a loopback address on the host");

		join("localhost", "127.0.0.1");
	}

	private static boolean hasOnlyLoopback() throws SocketException {
		return NetworkInterface.networkInterfaces()
			.allMatch((network) -> network.getInterfaceAddresses().isEmpty()
					|| network.inetAddresses().allMatch((address) -> address.isLoopbackAddress()));
	}

	/**
	 * The case itself, in a process with a network that no other machine is attached to,
	 * and with no other way for the greeting to arrive.
	 */
	@Test
	void testJoin() throws InterruptedException {
		String makeNetwork = "ip link set lo up && ip addr del 127.0.0.1/8 dev lo"
				+ " && { ip link add net0 type dummy || { ip link add net0 type veth peer name net1"
				+ " && ip link set net1 up; }; } && ip addr add " + ADDRESS + "/24 brd " + BROADCAST_ADDRESS
				+ " dev net0 && ip link set net0 up";
		assumeTrue(runApart(makeNetwork).exitCode() == 0, "this host cannot make a network namespace");

		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Outcome outcome = runApart(makeNetwork + " && exec '" + java + "' -cp '" + System.getProperty("java.class.path")
				+ "' " + BroadcastTests.class.getName());

		assertThat(outcome.exitCode()).as(outcome.output()).isZero();
	}

	/** Runs a shell script in a network namespace of its own, which ends with it. */
	private static Outcome runApart(String script) throws InterruptedException {
		Process process;
		try {
			process = new ProcessBuilder("unshare", "--user", "--map-root-user", "--net", "sh", "-c", script)
				.redirectErrorStream(true)
				.start();
		}
		catch (IOException ex) {
			return new Outcome(-1, ex.getMessage());
		}
		try (InputStream output = process.getInputStream()) {
			String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
			return new Outcome(process.waitFor(), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			process.destroy();
		}
	}

	private record Outcome(int exitCode, String output) {
	}

	/** Runs in the process of {@link #testJoin()}. */
	public static void main(String[] arguments) {
		// An interface may take a moment until it is up
		eventually(() -> assertThat(LocalNetworks.broadcastAddresses()).extracting(InetAddress::getHostAddress)
			.containsExactly(BROADCAST_ADDRESS));
		join(ADDRESS, null);
	}

	private static void join(String host, @Nullable String bindAddress) {
		try (ReferenceNodes servers = new ReferenceNodes(host, bindAddress, 2)) {
			servers.start();

			int networks = servers.node(2).membership().broadcast(servers.node(1).port());

			assertThat(networks).isPositive();
			servers.node(2).eventuallySees(servers.node(1), MemberStatus.ALIVE);
			servers.node(1).eventuallySees(servers.node(2), MemberStatus.ALIVE);
			servers.node(1).reaches(servers.node(2));
			servers.node(2).reaches(servers.node(1));
		}
	}

}

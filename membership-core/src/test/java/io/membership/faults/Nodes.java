package io.membership.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.process.Child;
import io.membership.process.JavaCommand;
import io.membership.process.Mesh;
import io.membership.process.Observations;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nodes with default options on hosts of their own. All that was started and made for
 * them is gone when it is closed.
 */
final class Nodes implements AutoCloseable {

	/** Far more than it should take. */
	static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Network network = new Network();

	private final Written written = new Written();

	private final Mesh mesh = new Mesh(this.written::add);

	private final List<Host> hosts = new ArrayList<>();

	private final List<Child> others = new ArrayList<>();

	Nodes() throws IOException {
	}

	Network network() {
		return this.network;
	}

	Mesh mesh() {
		return this.mesh;
	}

	Written written() {
		return this.written;
	}

	/** Returns the host with a number, from 1. */
	Host host(int number) throws IOException {
		while (this.hosts.size() < number) {
			this.hosts.add(this.network.host("h" + (this.hosts.size() + 1)));
		}
		return this.hosts.get(number - 1);
	}

	/** Starts nodes on the first hosts, and waits until all see all. */
	void start(int count) throws IOException, InterruptedException, TimeoutException {
		for (int i = 1; i <= count; i++) {
			start(host(i));
		}
		this.mesh.awaitHealth();
	}

	/** Starts a node that is known by its host's address. */
	MemberUri start(Host host, String... words) throws IOException, InterruptedException, TimeoutException {
		return start(host, uri(host), command(uri(host), words));
	}

	/** Starts a node in a way of its own. */
	MemberUri start(Host host, MemberUri uri, JavaCommand command)
			throws IOException, InterruptedException, TimeoutException {
		this.mesh.start(uri, host.on(command));
		return uri;
	}

	/**
	 * Returns the command of a node that joins the first one, unless words say otherwise.
	 */
	JavaCommand command(MemberUri uri, String... words) {
		String seed = this.mesh.members().stream().findFirst().map(MemberUri::toString).orElse("");
		return JavaCommand.of(MemberProcess.class, "host=" + uri.host(), "port=" + uri.port(), "seeds=" + seed)
			.and((Object[]) words);
	}

	/** Starts a process that is no node, and prints what it writes. */
	Child startOther(Host host, JavaCommand command) throws IOException {
		Child child = host.on(command).start((line) -> System.out.println(line));
		this.others.add(child);
		return child;
	}

	static MemberUri uri(Host host) {
		return MemberUri.of(host.address(), 3301);
	}

	/** Waits until all others see a node so. */
	void awaitSeen(MemberUri subject, MemberStatus status) throws InterruptedException, TimeoutException {
		awaitSeen(this.mesh.othersThan(subject), subject, status);
	}

	/** Waits until some see a node so. */
	void awaitSeen(Collection<MemberUri> observers, MemberUri subject, MemberStatus status)
			throws InterruptedException, TimeoutException {
		Observations seen = this.mesh.observations();
		seen.await(subject + " is " + status + " to " + observers, PATIENCE,
				() -> seen.see(observers, subject, status));
	}

	/** Waits until something is the case that nobody tells. */
	void await(String what, BooleanSupplier condition) throws InterruptedException, TimeoutException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
				throw new TimeoutException("Not within " + PATIENCE + ": " + what);
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	/** Lets some time pass in which nobody sees a node dead. */
	void stayAlive(Duration time) throws InterruptedException {
		Observations seen = this.mesh.observations();
		int before = seen.deaths().size();
		assertThatExceptionOfType(TimeoutException.class).as("Nobody dies").isThrownBy(() -> {
			seen.await("a death", time, () -> seen.deaths().size() > before);
			System.out.println("died: " + seen.deaths());
		});
	}

	@Override
	public void close() {
		this.others.forEach(Child::close);
		this.mesh.close();
		this.network.close();
	}

}

package io.membership.swim;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a node comes into a mesh: through the seeds that it was told, and through the
 * members that it knew before.
 */
final class Arrival {

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	private final Consumer<MemberUri> greet;

	private final IntConsumer broadcast;

	private @Nullable Joining joining;

	private @Nullable Rejoining rejoining;

	/**
	 * Creates the arrival of one node.
	 * @param greet pings one URI
	 * @param broadcast greets the networks on a UDP port
	 */
	Arrival(Environment environment, Supplier<MembershipOptions> options, MemberTable table, Consumer<MemberUri> greet,
			IntConsumer broadcast) {
		this.environment = environment;
		this.options = options;
		this.table = table;
		this.greet = greet;
		this.broadcast = broadcast;
	}

	/** Greets seeds, and the networks if the port is not 0. */
	void join(Collection<MemberUri> seeds, int broadcastPort) {
		Runnable greetNetworks = (broadcastPort != 0) ? () -> this.broadcast.accept(broadcastPort) : () -> {
		};
		this.joining = new Joining(this.environment, this.options, this.table, seeds, greetNetworks, this.greet);
		this.joining.begin();
	}

	/** Greets those whom the node knew. */
	void rejoin(Collection<MemberUri> contacts) {
		this.rejoining = new Rejoining(this.environment, this.table, contacts, this.greet);
		this.rejoining.begin();
	}

	/** Greets seeds that went missing since the last period. */
	void periodBegins() {
		if (this.joining != null) {
			this.joining.periodBegins();
		}
	}

	boolean isSeed(MemberUri uri) {
		return this.joining != null && this.joining.isSeed(uri);
	}

	void stop() {
		if (this.joining != null) {
			this.joining.stop();
		}
		if (this.rejoining != null) {
			this.rejoining.stop();
		}
	}

}

package io.membership.test;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One thing that happens to a mesh in a random scenario.
 *
 * @param atMillis when, since the mesh has formed
 * @param kind what
 * @param member to whom, where it happens to somebody
 * @param amount how much, where this means something: milliseconds, per cent, a member
 */
record Step(long atMillis, Kind kind, int member, int amount) {

	/** What can happen. */
	enum Kind {

		CRASH, RESTART, LEAVE, FREEZE, SLOW, DRIFT, CUT, ISLAND, LOSS, DUPLICATION, REORDERING, LATENCY, HEAL, PAYLOAD,

		CRASH_HOST

	}

	/** Does it, if it makes sense at the moment: a shortened scenario must stay one. */
	void happenTo(SimulatedMesh mesh) {
		boolean runs = mesh.isRunning(this.member);
		Network network = mesh.network();
		Link link = network.everywhere();
		switch (this.kind) {
			case CRASH -> onlyIf(runs, () -> mesh.crash(this.member));
			case CRASH_HOST -> onlyIf(runs, () -> mesh.crashHost(this.member));
			case RESTART -> onlyIf(!runs, () -> mesh.restart(this.member));
			case LEAVE -> onlyIf(runs, () -> mesh.leave(this.member));
			case FREEZE -> onlyIf(runs, () -> mesh.freeze(this.member, Duration.ofMillis(this.amount)));
			case SLOW -> onlyIf(runs, () -> mesh.slow(this.member, Duration.ofMillis(this.amount % 20)));
			case DRIFT -> mesh.clock(this.member).setDrift((this.amount % 11 - 5) / 100.0);
			case CUT -> network.cut(this.member, this.amount % mesh.size() + 1);
			case ISLAND -> network.isolate(IntStream.rangeClosed(1, this.member).boxed().toList());
			case LOSS -> network.everywhere(link.withLoss(this.amount % 31 / 100.0));
			case DUPLICATION -> network.everywhere(link.withDuplication(this.amount % 51 / 100.0));
			case REORDERING ->
				network.everywhere(link.withReordering(this.amount % 51 / 100.0, Duration.ofMillis(400)));
			case LATENCY -> network
				.everywhere(link.withLatency(Latency.uniform(Duration.ZERO, Duration.ofMillis(this.amount % 150 + 1))));
			case HEAL -> network.heal();
			case PAYLOAD -> mesh.setPayload(this.member, "k", this.amount);
		}
	}

	private static void onlyIf(boolean possible, Runnable action) {
		if (possible) {
			action.run();
		}
	}

	/** Returns {@code kind:member:amount@millis}. */
	@Override
	public String toString() {
		return this.kind.name().toLowerCase(Locale.ROOT) + ":" + this.member + ":" + this.amount + "@" + this.atMillis;
	}

	static Step parse(String text) {
		String[] parts = text.split("[:@]", -1);
		if (parts.length != 4) {
			throw new IllegalArgumentException("'" + text + "' is not of the form kind:member:amount@millis");
		}
		return new Step(Long.parseLong(parts[3]), Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
				Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
	}

}

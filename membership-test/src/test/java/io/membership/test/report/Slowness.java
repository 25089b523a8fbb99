package io.membership.test.report;

import java.time.Duration;

import io.membership.test.Latency;
import io.membership.test.Link;
import io.membership.test.SimulatedMesh;

/**
 * What a slow member is like.
 */
enum Slowness {

	/** What it sends and what is sent to it waits, while its timers run on. */
	MESSAGES_WAIT("messages wait") {

		@Override
		void happenTo(SimulatedMesh mesh, int member, Duration duration) {
			long end = mesh.elapsed().plus(duration).toNanos();
			Latency usual = Link.LAN.latency();
			Link waiting = Link.LAN
				.withLatency((random) -> Math.max(0, end - mesh.elapsed().toNanos()) + usual.draw(random));
			mesh.network().into(member, waiting).outOf(member, waiting);
			mesh.after(duration, (now) -> now.network().into(member, null).outOf(member, null));
		}

	},

	/** The whole process stands still. */
	STANDS_STILL("the process stands still") {

		@Override
		void happenTo(SimulatedMesh mesh, int member, Duration duration) {
			mesh.freeze(member, duration);
		}

	};

	private final String description;

	Slowness(String description) {
		this.description = description;
	}

	String description() {
		return this.description;
	}

	abstract void happenTo(SimulatedMesh mesh, int member, Duration duration);

}

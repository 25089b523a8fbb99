package io.membership.test;

import java.time.Duration;

/**
 * A run of a mesh until something is the case; it begins when it is told how long that
 * may take.
 */
public final class Run {

	private final SimulatedMesh mesh;

	private final World world;

	private final Condition condition;

	Run(SimulatedMesh mesh, World world, Condition condition) {
		this.mesh = mesh;
		this.world = world;
		this.condition = condition;
	}

	/**
	 * Lets time pass until it is the case.
	 * @param limit how much virtual time this may take
	 * @return what happened
	 * @throws SimulationError if it was not the case in time, or an invariant was
	 * violated
	 */
	public Outcome within(Duration limit) {
		return run(limit, true);
	}

	/**
	 * Lets time pass until it is the case or the time is over.
	 * @param limit how much virtual time this may take
	 * @return what happened; {@link Outcome#took()} is the limit if it was not the case
	 * @throws SimulationError if an invariant was violated
	 */
	public Outcome orAtMost(Duration limit) {
		return run(limit, false);
	}

	private Outcome run(Duration limit, boolean required) {
		VirtualTime time = this.world.time();
		Duration begin = time.elapsed();
		long end = time.nanos() + limit.toNanos();
		Traffic before = this.mesh.traffic();
		ChangeLog changes = this.world.newChanges();
		boolean reached = this.condition.holds(this.mesh);
		while (!reached && time.step(end)) {
			boolean touched = this.world.takeTouched();
			reached = (touched || !this.condition.dependsOnViewsOnly()) && this.condition.holds(this.mesh);
		}
		if (!reached) {
			time.skipTo(end);
			if (required) {
				throw this.world.failure("Not within " + limit + ": " + this.condition, null);
			}
		}
		return new Outcome(begin, time.elapsed().minus(begin), this.mesh.traffic().since(before), changes,
				this.mesh.toString());
	}

}

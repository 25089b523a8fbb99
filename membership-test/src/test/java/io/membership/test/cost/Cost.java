package io.membership.test.cost;

import java.lang.management.ManagementFactory;
import java.util.Locale;

import com.sun.management.ThreadMXBean;
import io.membership.test.SimulatedMesh;
import io.membership.test.Traffic;

/**
 * What was spent.
 *
 * @param datagrams how many were sent
 * @param bytes how many these had, without headers
 * @param allocated bytes of objects, those of the simulation included
 */
record Cost(double datagrams, double bytes, double allocated) {

	/** Returns what a mesh has cost so far, and this thread allocated. */
	static Cost of(SimulatedMesh mesh) {
		Traffic traffic = mesh.traffic();
		return new Cost(traffic.totalDatagrams(), traffic.totalBytes(0),
				((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes());
	}

	static Cost parse(String text) {
		String[] figures = text.split(" ", 3);
		return new Cost(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2]));
	}

	Cost plus(Cost other) {
		return new Cost(this.datagrams + other.datagrams, this.bytes + other.bytes, this.allocated + other.allocated);
	}

	Cost over(double parts) {
		return new Cost(this.datagrams / parts, this.bytes / parts, this.allocated / parts);
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%.2f %.1f %.0f", this.datagrams, this.bytes, this.allocated);
	}

}

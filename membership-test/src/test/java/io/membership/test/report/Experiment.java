package io.membership.test.report;

import java.util.List;

/**
 * A section of the report: what is simulated, and what it shows.
 */
interface Experiment {

	/** Returns its name on the command line and in the names of files. */
	String id();

	/** Returns the heading of its section. */
	String title();

	/** Returns all simulations, in the order in which their results count. */
	List<Job> jobs(Scale scale);

	/** Writes its section; the same results give the same text. */
	void write(Results results, Scale scale, Section section);

	/** Whether it measures the machine, too, and so wants it for itself. */
	default boolean measuresTheMachine() {
		return false;
	}

	/** Writes what it measured of the machine, which is different each time. */
	default void writeAboutTheMachine(Results results, Section section) {
	}

}

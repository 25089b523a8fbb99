package io.membership.test.report;

/**
 * How much is simulated: enough to see that it works, or enough for reliable figures.
 */
enum Scale {

	/** For a first look. */
	QUICK,

	/** For the report. */
	FULL;

	<T> T pick(T quick, T full) {
		return (this == QUICK) ? quick : full;
	}

}

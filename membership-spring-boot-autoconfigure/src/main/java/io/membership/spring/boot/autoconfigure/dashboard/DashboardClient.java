package io.membership.spring.boot.autoconfigure.dashboard;

import java.time.Duration;

/**
 * One open page. No method blocks.
 */
interface DashboardClient {

	/**
	 * Writes what is new, as far as the connection takes it. Ends if too much is lost.
	 */
	void wakeUp();

	/** Ends if the connection has taken nothing for longer than allowed. */
	void endIfStuck(Duration patience);

	/** Writes what is new, as far as the connection takes it, and closes it. */
	void end();

}

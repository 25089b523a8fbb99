package io.membership.measure;

import java.io.IOException;
import java.util.Locale;

/**
 * What happens to nodes, and how it ends.
 */
enum Trouble {

	/** The process is killed, and one with the same URI follows. */
	KILL(true) {

		@Override
		Agenda.Action begin(SoakNodes process) throws InterruptedException {
			process.kill();
			return process::start;
		}

	},

	/** The process is killed, and one with another URI follows. */
	KILL_AND_MOVE(true) {

		@Override
		Agenda.Action begin(SoakNodes process) throws InterruptedException {
			process.kill();
			return process::startAnywhere;
		}

	},

	/** The process says goodbye and ends, and one with another URI follows. */
	QUIT_AND_MOVE(true) {

		@Override
		Agenda.Action begin(SoakNodes process) throws IOException, InterruptedException {
			process.tell(SoakNodeProcess.LEAVE);
			process.kill();
			return process::startAnywhere;
		}

	},

	/** The process stands still, and goes on. */
	STOP(true) {

		@Override
		Agenda.Action begin(SoakNodes process) throws IOException, InterruptedException {
			return process.stop()::close;
		}

	},

	/** The node says goodbye, and comes back. */
	LEAVE(false) {

		@Override
		Agenda.Action begin(SoakNodes process) throws IOException, InterruptedException {
			process.tell(SoakNodeProcess.LEAVE);
			return () -> process.tell(SoakNodeProcess.RETURN);
		}

	},

	/** The node falls silent, and comes back. */
	CRASH(false) {

		@Override
		Agenda.Action begin(SoakNodes process) throws IOException, InterruptedException {
			process.tell(SoakNodeProcess.CRASH);
			return () -> process.tell(SoakNodeProcess.RETURN);
		}

	},

	/** The node is closed, and another one with another URI opened in its process. */
	REPLACE(false) {

		@Override
		Agenda.Action begin(SoakNodes process) throws IOException, InterruptedException {
			process.tell(SoakNodeProcess.REPLACE);
			return Trouble::nothing;
		}

	},

	/** The node changes its URI while it runs. */
	MOVE(false) {

		@Override
		Agenda.Action begin(SoakNodes process) throws IOException, InterruptedException {
			process.tell(SoakNodeProcess.MOVE);
			return Trouble::nothing;
		}

	};

	private final boolean ofProcess;

	Trouble(boolean ofProcess) {
		this.ofProcess = ofProcess;
	}

	/** Whether it happens to the process as a whole. */
	boolean isOfProcess() {
		return this.ofProcess;
	}

	/** Makes it happen, and returns what ends it. */
	abstract Agenda.Action begin(SoakNodes process) throws IOException, InterruptedException;

	private static void nothing() {
		// It is over already
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

}

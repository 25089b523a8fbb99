package io.membership.test.report;

import io.membership.test.SimulatedMesh;

/**
 * How a member ends without a word.
 */
enum Crash {

	/** The process ends; its host goes on, and refuses what is sent to it. */
	PROCESS {

		@Override
		void happenTo(SimulatedMesh mesh, int member) {
			mesh.crash(member);
		}

	},

	/** The whole host is gone: nothing answers. */
	HOST {

		@Override
		void happenTo(SimulatedMesh mesh, int member) {
			mesh.crashHost(member);
		}

	};

	abstract void happenTo(SimulatedMesh mesh, int member);

}

package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.membership.MembershipExtensions;
import io.membership.MembershipOptions;

/**
 * How the engine is set in an experiment: which extensions are on, and whether the
 * suspect timeout grows with the logarithm of the mesh, as the paper's does.
 *
 * @param name how the report calls it
 * @param extensions what is on
 * @param scaled whether the suspect timeout grows
 */
record Setting(String name, MembershipExtensions extensions, boolean scaled) {

	/** The reference, and nothing else. */
	static final Setting OFF = new Setting("off", MembershipExtensions.NONE, false);

	/** Everything. */
	static final Setting ALL = new Setting("all on", MembershipExtensions.ALL, false);

	/** Returns each extension without the others. */
	static List<Setting> alone() {
		return List.of(new Setting("local-health", new MembershipExtensions(true, false), false),
				new Setting("pause-awareness", new MembershipExtensions(false, true), false));
	}

	/** Returns no extensions, each alone, and all of them. */
	static List<Setting> each() {
		List<Setting> each = new ArrayList<>();
		each.add(OFF);
		each.addAll(alone());
		each.add(ALL);
		return each;
	}

	/** Whether this is one of the two that matter most. */
	boolean isMain() {
		return this.extensions.equals(OFF.extensions) || this.extensions.equals(ALL.extensions);
	}

	/** Returns the same with a suspect timeout that grows. */
	Setting scaledUp() {
		return new Setting(this.name + ", log10(N)", this.extensions, true);
	}

	MembershipOptions options(int size) {
		return builder(size).build();
	}

	/** Returns options under which members that are gone are forgotten soon. */
	MembershipOptions forgetting(int size, Duration forgetAfter) {
		return builder(size).build();
	}

	private MembershipOptions.Builder builder(int size) {
		Duration timeout = MembershipOptions.DEFAULTS.suspectTimeout();
		if (this.scaled) {
			timeout = Duration.ofMillis(Math.round(timeout.toMillis() * Math.max(1, Math.log10(size))));
		}
		return MembershipOptions.builder().extensions(this.extensions).suspectTimeout(timeout);
	}

	@Override
	public String toString() {
		return this.name;
	}

}

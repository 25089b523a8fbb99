package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.membership.MembershipExtension;
import io.membership.MembershipOptions;

/**
 * How the engine is set in an experiment: which extensions are on, and whether the
 * suspect timeout grows with the logarithm of the mesh, as the paper's does.
 *
 * @param name how the report calls it
 * @param extensions what is on
 * @param scaled whether the suspect timeout grows
 */
record Setting(String name, Set<MembershipExtension> extensions, boolean scaled) {

	/** The reference, and nothing else. */
	static final Setting OFF = new Setting("off", Set.of(), false);

	/** Everything. */
	static final Setting ALL = new Setting("all on", MembershipOptions.ALL_EXTENSIONS, false);

	/** Returns each extension without the others. */
	static List<Setting> alone() {
		return Arrays.stream(MembershipExtension.values())
			.map((extension) -> new Setting(extension.name().toLowerCase(Locale.ROOT).replace('_', '-'),
					Set.of(extension), false))
			.toList();
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

	MembershipOptions options() {
		return builder().build();
	}

	/** Returns options under which members that are gone are forgotten soon. */
	MembershipOptions forgetting(Duration forgetAfter) {
		return builder().forgetAfter(forgetAfter).build();
	}

	private MembershipOptions.Builder builder() {
		return MembershipOptions.REFERENCE.toBuilder().extensions(this.extensions).suspicionScaling(this.scaled);
	}

	@Override
	public String toString() {
		return this.name;
	}

}

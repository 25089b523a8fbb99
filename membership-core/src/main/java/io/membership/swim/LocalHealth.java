package io.membership.swim;

import java.time.Duration;
import java.util.function.Supplier;

import io.membership.MembershipExtension;
import io.membership.MembershipOptions;

/**
 * How far this node can trust its own ears (Lifeguard §IV.A, local health multiplier).
 * Who hears nothing from many is probably slow itself; it then probes less often and
 * waits longer. Always well without the extension.
 */
final class LocalHealth {

	/** The largest score, as in memberlist. */
	static final int WORST = 8;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private int score;

	LocalHealth(Environment environment, Supplier<MembershipOptions> options) {
		this.environment = environment;
		this.options = options;
	}

	/** Somebody answered in time. */
	void better() {
		change(Math.max(this.score - 1, 0));
	}

	/** Somebody did not, or others were wrong about this node, or it stood still. */
	void worse() {
		worse(1);
	}

	/** So many signs of life are missing that should have come. */
	void worse(int missing) {
		change(Math.min(this.score + missing, WORST));
	}

	private void change(int newScore) {
		int before = multiplier();
		this.score = this.options.get().uses(MembershipExtension.LOCAL_HEALTH) ? newScore : 0;
		if (multiplier() != before) {
			this.environment.observer().healthChanged(multiplier());
		}
	}

	/** Returns by how much to stretch periods and timeouts. */
	int multiplier() {
		return this.options.get().uses(MembershipExtension.LOCAL_HEALTH) ? this.score + 1 : 1;
	}

	Duration stretch(Duration duration) {
		int multiplier = multiplier();
		return (multiplier == 1) ? duration : duration.multipliedBy(multiplier);
	}

}

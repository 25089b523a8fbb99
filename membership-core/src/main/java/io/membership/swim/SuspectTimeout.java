package io.membership.swim;

import java.time.Duration;
import java.util.function.Supplier;

import io.membership.MembershipExtension;
import io.membership.MembershipOptions;

/**
 * How long a suspect has to refute under the options in use. As the reference does it,
 * the same time for all; with the dynamic suspicion the more, the fewer accuse it
 * (Lifeguard §IV.B); and hardly any when two members found that nothing listens there.
 */
final class SuspectTimeout {

	/** How much longer than the option the time is for a single accuser (memberlist). */
	private static final int LONGEST = 6;

	private final Supplier<MembershipOptions> options;

	private final MemberTable table;

	SuspectTimeout(Supplier<MembershipOptions> options, MemberTable table) {
		this.options = options;
		this.table = table;
	}

	Duration of(Suspicion suspicion) {
		MembershipOptions current = this.options.get();
		Duration shortest = shortest(current);
		if (current.uses(MembershipExtension.REFUSAL_PROBE) && suspicion.isRefused()) {
			return (current.refusedTimeout().compareTo(shortest) < 0) ? current.refusedTimeout() : shortest;
		}
		return (current.uses(MembershipExtension.DYNAMIC_SUSPICION) && couldBeConfirmed())
				? Suspicion.timeout(suspicion.confirmations(), shortest, shortest.multipliedBy(LONGEST)) : shortest;
	}

	private Duration shortest(MembershipOptions current) {
		double factor = current.suspicionScaling() ? Math.max(1, Math.log10(Math.max(this.table.size(), 1))) : 1;
		return Duration.ofNanos(Math.round(current.suspectTimeout().toNanos() * factor));
	}

	/**
	 * Whether there are enough others to accuse a suspect, so that their silence says
	 * something. They need not be able to say so: who is not, declares the suspect dead
	 * after its own timeout, and that is believed here too.
	 */
	private boolean couldBeConfirmed() {
		return this.table.alive() > Suspicion.CONFIRMATIONS;
	}

}

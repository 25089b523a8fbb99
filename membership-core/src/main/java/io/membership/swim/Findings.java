package io.membership.swim;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * Why this node changed its mind about members, for those who ask later. Kept only of
 * those about whom it did: of most members nothing is known but that they are alive, and
 * a large mesh shall cost no more for it.
 */
final class Findings {

	private final Map<MemberUri, Evidence> lastChange = new HashMap<>();

	/**
	 * Adds to the evidence for a rumor what this node knows besides: who accuses the
	 * member, and what became of that.
	 * @param before what was known of the member, or {@code null}
	 * @param suspicion the suspicion that the rumor ends or replaces, or {@code null}
	 */
	static Evidence complete(Evidence evidence, Rumor rumor, @Nullable Rumor before, @Nullable Suspicion suspicion,
			long nowNanos) {
		if (rumor.status() == MemberStatus.SUSPECT) {
			return evidence.accusedBy(rumor.supplement().accusers(), rumor.supplement().refused());
		}
		Evidence complete = isRefutation(evidence, rumor, before) ? evidence.because(Cause.REFUTATION) : evidence;
		return (suspicion != null) ? complete.accusedBy(suspicion.accusers(), suspicion.refused())
			.after(Duration.ofNanos(nowNanos - suspicion.begunNanos())) : complete;
	}

	/** Who has left and is alive again came back; that contradicts nobody. */
	private static boolean isRefutation(Evidence evidence, Rumor rumor, @Nullable Rumor before) {
		return (evidence.cause() == Cause.RUMOR || evidence.cause() == Cause.SYNC) && rumor.isAlive() && before != null
				&& !before.isAlive() && before.status() != MemberStatus.LEFT;
	}

	/** Keeps evidence if it is of a change that somebody may ask about. */
	void keep(Rumor known, @Nullable Rumor before, Evidence evidence) {
		if ((before != null) ? before.status() != known.status() : !known.isAlive()) {
			this.lastChange.put(known.uri(), evidence);
		}
	}

	void forget(MemberUri member) {
		this.lastChange.remove(member);
	}

	/** Returns why the status of a member last changed, {@code null} if it did not. */
	@Nullable Evidence of(MemberUri member) {
		return this.lastChange.get(member);
	}

}

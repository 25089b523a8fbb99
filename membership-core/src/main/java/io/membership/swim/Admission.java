package io.membership.swim;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.membership.DropReason;
import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may be a member in this node's view: those on a list, if there is one, and no more
 * than the option {@code maxMembers} says, because anybody who is believed can make up
 * members. Seeds and whom the application adds are its own choice, and always admitted.
 */
final class Admission {

	private static final Logger logger = LoggerFactory.getLogger(Admission.class);

	/**
	 * Which part of the room must be free before a full table counts as one with room, so
	 * that a table that is always nearly full does not change its mind all the time.
	 */
	private static final int FREE_PART = 8;

	private final Environment environment;

	private Set<MemberUri> allowed = Set.of();

	private Supplier<MembershipOptions> options = () -> MembershipOptions.DEFAULTS;

	private Predicate<MemberUri> isSeed = (uri) -> false;

	private Runnable onChange = () -> {
	};

	private boolean isFull;

	private boolean refusesTheLiving;

	Admission(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Sets what to go by.
	 * @param options tell how many members there may be
	 * @param isSeed whether somebody is always admitted
	 * @param onChange called later, when this node begins or ceases to refuse the living
	 */
	void goBy(Supplier<MembershipOptions> options, Predicate<MemberUri> isSeed, Runnable onChange) {
		this.options = options;
		this.isSeed = isSeed;
		this.onChange = onChange;
	}

	/** Restricts the members; an empty list allows everybody. */
	void allow(Collection<MemberUri> uris) {
		this.allowed = Set.copyOf(uris);
	}

	boolean isAllowed(MemberUri uri) {
		return this.allowed.isEmpty() || this.allowed.contains(uri);
	}

	/** Members that are not on the list are only tolerated as long as they are alive. */
	boolean tolerates(Rumor rumor) {
		return isAllowed(rumor.uri()) || rumor.status() == MemberStatus.ALIVE
				|| rumor.status() == MemberStatus.NON_DECRYPTABLE;
	}

	/** Whether this node leaves members out, so that its view differs from others'. */
	boolean isRestricted() {
		return !this.allowed.isEmpty() || this.refusesTheLiving;
	}

	/** Whether a stranger is admitted however many members there are. */
	boolean isWanted(MemberUri stranger, Evidence evidence) {
		return evidence.cause() == Cause.REQUESTED || evidence.cause() == Cause.STARTED || this.isSeed.test(stranger);
	}

	boolean isSeed(MemberUri uri) {
		return this.isSeed.test(uri);
	}

	boolean hasRoom(int members) {
		return members < this.options.get().maxMembers();
	}

	/** Whether those leave a tombstone who make room for others. */
	boolean isRemembering() {
		return this.options.get().uses(MembershipExtension.FORGETTING);
	}

	/** Refuses a stranger for whom there is no room. */
	void refuse(Rumor stranger) {
		this.environment.observer().dropped(DropReason.TOO_MANY_MEMBERS);
		if (!this.isFull) {
			this.isFull = true;
			logger.warn(
					"member={} status={} refused: there are maxMembers={} already (logged once, until an eighth of"
							+ " the room is free; remove members, or allow more)",
					stranger.uri(), stranger.status(), this.options.get().maxMembers());
		}
		if (!this.refusesTheLiving && stranger.status().compareTo(MemberStatus.DEAD) < 0) {
			this.refusesTheLiving = true;
			changed();
		}
	}

	/** Takes in that there are fewer members, or may be more. */
	void reconsider(int members) {
		int most = this.options.get().maxMembers();
		if (this.isFull && members <= most - Math.max(most / FREE_PART, 1)) {
			this.isFull = false;
			if (this.refusesTheLiving) {
				this.refusesTheLiving = false;
				changed();
			}
		}
	}

	/** Later, because a rumor is just being taken in. */
	private void changed() {
		this.environment.schedule(Duration.ZERO, this.onChange);
	}

}

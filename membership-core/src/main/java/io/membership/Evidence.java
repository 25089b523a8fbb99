package io.membership;

import org.jspecify.annotations.Nullable;

/**
 * Why this node's view of a member changed.
 *
 * @param cause what happened
 * @param reporter the member from whom this node learned it, or {@code null} if this node
 * found it out by itself
 * @param helpersAsked how many members were asked to probe in vain, for
 * {@link Cause#PROBE_FAILED} and {@link Cause#REFUSED}; otherwise 0
 */
public record Evidence(Cause cause, @Nullable MemberUri reporter, int helpersAsked) {

	/**
	 * Returns evidence that this node found by itself.
	 * @param cause what happened
	 * @return the evidence
	 */
	public static Evidence own(Cause cause) {
		return new Evidence(cause, null, 0);
	}

	/**
	 * Returns evidence of a probe that nobody answered.
	 * @param helpersAsked how many members were asked to probe as well
	 * @return the evidence
	 */
	public static Evidence probeFailed(int helpersAsked) {
		return new Evidence(Cause.PROBE_FAILED, null, helpersAsked);
	}

	/**
	 * Returns evidence of a probe that the target's host refused.
	 * @param helpersAsked how many members were asked to probe as well
	 * @return the evidence
	 */
	public static Evidence refused(int helpersAsked) {
		return new Evidence(Cause.REFUSED, null, helpersAsked);
	}

	/**
	 * Returns evidence that somebody else brought.
	 * @param cause what happened
	 * @param reporter who sent the datagram, or {@code null} if it did not say
	 * @return the evidence
	 */
	public static Evidence reported(Cause cause, @Nullable MemberUri reporter) {
		return new Evidence(cause, reporter, 0);
	}

	/**
	 * Returns the evidence in words.
	 * @return for example {@code no ack from 3 helpers} or {@code rumor from host:3302}
	 */
	@Override
	public String toString() {
		if (this.cause == Cause.PROBE_FAILED || this.cause == Cause.REFUSED) {
			return this.cause.description + switch (this.helpersAsked) {
				case 0 -> ", nobody to ask for help";
				case 1 -> ", nor through 1 helper";
				default -> ", nor through " + this.helpersAsked + " helpers";
			};
		}
		return (this.reporter != null) ? this.cause.description + " from " + this.reporter : this.cause.description;
	}

	/** What made a node change its view. */
	public enum Cause {

		/** This node started, or came back, under this URI. */
		STARTED("started"),

		/** The application asked for it: added, removed, payload set, not allowed. */
		REQUESTED("requested by the application"),

		/** Neither the direct nor the indirect probe was answered in time. */
		PROBE_FAILED("no ack"),

		/** The same, and nothing listens at the member's address. */
		REFUSED("no ack, port unreachable"),

		/** A suspect did not refute within the suspect timeout. */
		SUSPICION_TIMED_OUT("suspicion timed out"),

		/** A dead member's address sent a datagram that cannot be read. */
		UNREADABLE_DATAGRAM("unreadable datagram"),

		/** A rumor carried by a probe or an answer. */
		RUMOR("rumor"),

		/** An exchange of full state. */
		SYNC("sync"),

		/** The member, or somebody in its name, said that it left. */
		LEAVE("leave"),

		/** This node contradicted a rumor about itself. */
		REFUTED("refuted a rumor"),

		/** The member is not in the list of allowed members and is not alive. */
		NOT_ALLOWED("not an allowed member"),

		/** The member was dead, non-decryptable or left for long. */
		FORGOTTEN("forgotten");

		private final String description;

		Cause(String description) {
			this.description = description;
		}

	}

}

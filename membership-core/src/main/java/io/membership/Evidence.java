package io.membership;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Why this node's view of a member changed: what happened, who said so, and who accused
 * the member before. Immutable and thread-safe.
 *
 * @param cause what happened
 * @param reporter the member from whom this node learned it, or {@code null} if this node
 * found it out by itself
 * @param helpersAsked how many members were asked to probe in vain, for
 * {@link Cause#PROBE_FAILED} and {@link Cause#REFUSED}; otherwise 0
 * @param negativeAcks how many of these said that they hear nothing either
 * @param silentHelpers how many of these could have said so, and did not
 * @param accusers the members that probed the member in vain, this node included, as far
 * as that is told: for the beginning and the end of a suspicion, and for its refutation;
 * otherwise empty. Immutable
 * @param refused those accusers that found that nothing listens at its address. Immutable
 * @param suspectedFor for how long this node had suspected the member, if that ends here;
 * otherwise {@code null}
 */
public record Evidence(Cause cause, @Nullable MemberUri reporter, int helpersAsked, int negativeAcks, int silentHelpers,
		List<MemberUri> accusers, List<MemberUri> refused, @Nullable Duration suspectedFor) {

	/**
	 * Creates evidence.
	 */
	public Evidence {
		accusers = List.copyOf(accusers);
		refused = List.copyOf(refused);
	}

	private Evidence(Cause cause, @Nullable MemberUri reporter, int helpersAsked, int negativeAcks, int silentHelpers) {
		this(cause, reporter, helpersAsked, negativeAcks, silentHelpers, List.of(), List.of(), null);
	}

	/**
	 * Returns evidence that this node found by itself.
	 * @param cause what happened
	 * @return the evidence
	 */
	public static Evidence own(Cause cause) {
		return new Evidence(cause, null, 0, 0, 0);
	}

	/**
	 * Returns evidence of a probe that nobody answered.
	 * @param cause {@link Cause#PROBE_FAILED} or {@link Cause#REFUSED}
	 * @param helpersAsked how many members were asked to probe as well
	 * @param negativeAcks how many of these said that they hear nothing either
	 * @param silentHelpers how many of these could have said so, and did not
	 * @return the evidence
	 */
	public static Evidence ofProbe(Cause cause, int helpersAsked, int negativeAcks, int silentHelpers) {
		return new Evidence(cause, null, helpersAsked, negativeAcks, silentHelpers);
	}

	/**
	 * Returns evidence that somebody else brought.
	 * @param cause what happened
	 * @param reporter who sent the datagram, or {@code null} if it did not say
	 * @return the evidence
	 */
	public static Evidence reported(Cause cause, @Nullable MemberUri reporter) {
		return new Evidence(cause, reporter, 0, 0, 0);
	}

	/**
	 * Returns this with another cause.
	 * @param other what happened
	 * @return the evidence
	 */
	public Evidence because(Cause other) {
		return new Evidence(other, this.reporter, this.helpersAsked, this.negativeAcks, this.silentHelpers,
				this.accusers, this.refused, this.suspectedFor);
	}

	/**
	 * Returns this with those who accused the member.
	 * @param all who probed it in vain
	 * @param allRefused those of them that found that nothing listens at its address
	 * @return the evidence
	 */
	public Evidence accusedBy(List<MemberUri> all, List<MemberUri> allRefused) {
		return (all.isEmpty() && allRefused.isEmpty()) ? this : new Evidence(this.cause, this.reporter,
				this.helpersAsked, this.negativeAcks, this.silentHelpers, all, allRefused, this.suspectedFor);
	}

	/**
	 * Returns this as the end of a suspicion.
	 * @param duration for how long this node had suspected the member
	 * @return the evidence
	 */
	public Evidence after(Duration duration) {
		return new Evidence(this.cause, this.reporter, this.helpersAsked, this.negativeAcks, this.silentHelpers,
				this.accusers, this.refused, duration);
	}

	/**
	 * Returns the evidence in words.
	 * @return one line, for example {@code no ack, nor through 3 helpers, of which 2 hear
	 * nothing, accused by host:3301, host:3304, host:3305} or
	 * {@code rumor from host:3302}
	 */
	@Override
	public String toString() {
		return what() + ((this.suspectedFor != null) ? ", suspected for " + seconds(this.suspectedFor) : "")
				+ (this.accusers.isEmpty() ? "" : ", accused by " + names());
	}

	private String what() {
		if (this.cause == Cause.PROBE_FAILED || this.cause == Cause.REFUSED) {
			return this.cause.description + switch (this.helpersAsked) {
				case 0 -> ", nobody to ask for help";
				case 1 -> ", nor through 1 helper";
				default -> ", nor through " + this.helpersAsked + " helpers";
			} + answers();
		}
		return (this.reporter != null) ? this.cause.description + " from " + this.reporter : this.cause.description;
	}

	/** Only helpers that could say something are worth mentioning. */
	private String answers() {
		if (this.negativeAcks == 0 && this.silentHelpers == 0) {
			return "";
		}
		String deaf = (this.negativeAcks == 1) ? "1 hears nothing" : this.negativeAcks + " hear nothing";
		String silent = (this.silentHelpers == 1) ? "1 is silent" : this.silentHelpers + " are silent";
		return ", of which "
				+ ((this.silentHelpers == 0) ? deaf : (this.negativeAcks == 0) ? silent : deaf + " and " + silent);
	}

	private String names() {
		return this.accusers.stream()
			.map((accuser) -> this.refused.contains(accuser) ? accuser + " (refused)" : accuser.toString())
			.collect(Collectors.joining(", "));
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
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

		/**
		 * The member was suspected, dead or non-decryptable, and has contradicted that
		 * with a higher incarnation, which nobody else may raise.
		 */
		REFUTATION("refuted, news"),

		/** The member is not in the list of allowed members and is not alive. */
		NOT_ALLOWED("not an allowed member"),

		/** The member was dead, non-decryptable or left, and made room for another. */
		DISPLACED("made room for another"),

		/** The member was dead, non-decryptable or left for long. */
		FORGOTTEN("forgotten");

		private final String description;

		Cause(String description) {
			this.description = description;
		}

		/**
		 * Returns the name of this cause in logs, answers and documents.
		 * @return the lower-case name, for example {@code probe-failed}
		 */
		public String displayName() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}

package io.membership;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** An option has a value that the engine cannot work with. */
public final class InvalidOptionException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String option;

	private final transient @Nullable Object value;

	private final String reason;

	/**
	 * Creates an exception.
	 * @param option the option's name as in the builder, for example {@code ackTimeout}
	 * @param value the refused value; it must not be a secret
	 * @param reason what is wrong with it, with a remedy
	 */
	public InvalidOptionException(String option, @Nullable Object value, String reason) {
		super("Option " + option + " = " + value + ": " + reason);
		this.option = Objects.requireNonNull(option, "option");
		this.value = value;
		this.reason = reason;
	}

	/**
	 * Returns the option's name.
	 * @return the name as in the builder, for example {@code ackTimeout}
	 */
	public String option() {
		return this.option;
	}

	/**
	 * Returns the refused value.
	 * @return the value, or {@code null} if there was none
	 */
	public @Nullable Object value() {
		return this.value;
	}

	/**
	 * Returns what is wrong with the value.
	 * @return a sentence with a remedy
	 */
	public String reason() {
		return this.reason;
	}

}

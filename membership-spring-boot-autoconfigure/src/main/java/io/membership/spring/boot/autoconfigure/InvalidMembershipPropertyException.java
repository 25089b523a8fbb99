package io.membership.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A property has a value with which no node can start.
 */
final class InvalidMembershipPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final @Nullable String value;

	private final String reason;

	private final String remedy;

	/**
	 * Creates an exception.
	 * @param property the name of the property
	 * @param value the refused value, or {@code null} if it is secret
	 * @param reason what is wrong with the value
	 * @param remedy what to do about it
	 */
	InvalidMembershipPropertyException(String property, @Nullable String value, String reason, String remedy) {
		this(property, value, reason, remedy, null);
	}

	InvalidMembershipPropertyException(String property, @Nullable String value, String reason, String remedy,
			@Nullable Throwable cause) {
		super("Property " + property + " has an invalid value: " + reason, cause);
		this.property = property;
		this.value = value;
		this.reason = reason;
		this.remedy = remedy;
	}

	String property() {
		return this.property;
	}

	@Nullable String value() {
		return this.value;
	}

	String reason() {
		return this.reason;
	}

	String remedy() {
		return this.remedy;
	}

}

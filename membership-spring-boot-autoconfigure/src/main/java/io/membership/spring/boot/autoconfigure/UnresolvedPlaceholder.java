package io.membership.spring.boot.autoconfigure;

/**
 * A placeholder that nothing resolves, of which Boot makes a text like any other. A key
 * or a name of a mesh that everybody could guess is worse than none.
 */
final class UnresolvedPlaceholder {

	private static final String BEGIN = "${";

	private UnresolvedPlaceholder() {
	}

	/**
	 * Checks a value.
	 * @throws InvalidMembershipPropertyException if there is a placeholder in it; without
	 * the value, which may be a key nevertheless
	 */
	static void check(String property, String value) {
		if (value.contains(BEGIN)) {
			throw new InvalidMembershipPropertyException(property, null,
					"It is a placeholder that nothing resolves, and everybody could guess what it is instead",
					"Set the environment variable or the property that the placeholder refers to.");
		}
	}

}

package io.membership.test;

/**
 * Something that may be the case in a mesh. The usual ones are in {@link Conditions}.
 */
@FunctionalInterface
public interface Condition {

	/**
	 * Tells whether it is the case now.
	 * @param mesh the mesh
	 * @return whether it is
	 */
	boolean holds(SimulatedMesh mesh);

	/**
	 * Tells whether this depends on nothing but views and on which members run. Such a
	 * condition is looked at only when one of these changed.
	 * @return {@code false} unless overridden
	 */
	default boolean dependsOnViewsOnly() {
		return false;
	}

}

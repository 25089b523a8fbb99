package io.membership.test;

import java.util.function.BiPredicate;
import java.util.stream.IntStream;

import io.membership.MemberStatus;

/**
 * Conditions to wait for. Those about everybody are about the members that run, frozen
 * ones included.
 */
public final class Conditions {

	private Conditions() {
	}

	/**
	 * Everybody else believes something of one member.
	 * @param subject the member
	 * @param status what they believe
	 * @return the condition
	 */
	public static Condition everyoneSees(int subject, MemberStatus status) {
		return everyone("everyone sees " + subject + " " + status,
				(mesh, member) -> member == subject || mesh.views().status(member, subject) == status);
	}

	/**
	 * Somebody else believes something of one member.
	 * @param subject the member
	 * @param status what somebody believes
	 * @return the condition
	 */
	public static Condition someoneSees(int subject, MemberStatus status) {
		Condition nobody = everyone("nobody sees " + subject + " " + status,
				(mesh, member) -> member == subject || mesh.views().status(member, subject) != status);
		return named("someone sees " + subject + " " + status, (mesh) -> !nobody.holds(mesh));
	}

	/**
	 * Everybody else knows an incarnation of one member, or a later one.
	 * @param subject the member
	 * @param incarnation the incarnation
	 * @return the condition
	 */
	public static Condition everyoneKnows(int subject, long incarnation) {
		return everyone("everyone knows incarnation " + incarnation + " of " + subject,
				(mesh, member) -> mesh.views().incarnation(member, subject) >= incarnation);
	}

	/**
	 * Everybody sees a value in the payload of one member.
	 * @param subject the member
	 * @param key the entry's name
	 * @param value the value
	 * @return the condition
	 */
	public static Condition everyoneSeesPayload(int subject, String key, Object value) {
		return everyone("everyone sees " + key + "=" + value + " at " + subject,
				(mesh, member) -> value.equals(mesh.views().payload(member, subject).get(key)));
	}

	/**
	 * All members that run believe that all of these, and no others, are alive.
	 * @return the condition
	 */
	public static Condition allSeeAll() {
		return everyone("all see all", (mesh, member) -> mesh.views().isRight(member));
	}

	/**
	 * All members that run have the same view of all alive and suspect members: status,
	 * incarnation and payload.
	 * @return the condition
	 */
	public static Condition viewsAreEqual() {
		return named("views are equal",
				(mesh) -> IntStream.rangeClosed(1, mesh.size())
					.filter(mesh::isRunning)
					.mapToLong(mesh.views()::digest)
					.distinct()
					.limit(2)
					.count() < 2);
	}

	/**
	 * Two conditions at once.
	 * @param one a condition
	 * @param other another one
	 * @return the condition that both hold
	 */
	public static Condition both(Condition one, Condition other) {
		Condition both = (mesh) -> one.holds(mesh) && other.holds(mesh);
		if (one.dependsOnViewsOnly() && other.dependsOnViewsOnly()) {
			return named(one + " and " + other, both);
		}
		return both;
	}

	private static Condition named(String name, Condition condition) {
		return new Condition() {

			@Override
			public boolean holds(SimulatedMesh mesh) {
				return condition.holds(mesh);
			}

			@Override
			public boolean dependsOnViewsOnly() {
				return true;
			}

			@Override
			public String toString() {
				return name;
			}

		};
	}

	/**
	 * Asks first whoever was against it the last time, so that most answers cost little.
	 */
	private static Condition everyone(String name, BiPredicate<SimulatedMesh, Integer> agrees) {
		int[] lastAgainst = { 1 };
		return named(name, (mesh) -> {
			int size = mesh.size();
			for (int i = 0; i < size; i++) {
				int member = (lastAgainst[0] + i - 1) % size + 1;
				if (mesh.isRunning(member) && !agrees.test(mesh, member)) {
					lastAgainst[0] = member;
					return false;
				}
			}
			return true;
		});
	}

}

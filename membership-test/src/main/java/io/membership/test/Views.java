package io.membership.test;

import java.util.Map;

import io.membership.MemberStatus;
import io.membership.swim.Rumor;
import org.jspecify.annotations.Nullable;

/**
 * What the members of a mesh believe now. Each question names the member whose view
 * counts, the observer, which must run.
 */
public final class Views {

	private final World world;

	Views(World world) {
		this.world = world;
	}

	/**
	 * Returns what a member believes of another, or of itself.
	 * @param observer who believes
	 * @param subject of whom
	 * @return the status, or {@code null} if the observer does not know the subject
	 */
	public @Nullable MemberStatus status(int observer, int subject) {
		return view(observer).status(subject);
	}

	/**
	 * Returns the incarnation of a member that another knows.
	 * @param observer who knows it
	 * @param subject whose incarnation it is
	 * @return the incarnation, 0 if the observer does not know the subject
	 */
	public long incarnation(int observer, int subject) {
		Rumor known = known(observer, subject);
		return (known != null) ? known.incarnation() : 0;
	}

	/**
	 * Returns the payload of a member that another knows.
	 * @param observer who knows it
	 * @param subject whose payload it is
	 * @return the payload, empty if the observer knows none
	 */
	public Map<String, Object> payload(int observer, int subject) {
		Rumor known = known(observer, subject);
		return (known != null) ? known.content() : Map.of();
	}

	/**
	 * Returns how many members one believes to be alive.
	 * @param observer who believes
	 * @return the number, with itself
	 */
	public int alive(int observer) {
		return view(observer).alive();
	}

	/**
	 * Returns how many members one knows, whatever their status.
	 * @param observer who knows them
	 * @return the number, with itself, and with those that do not exist
	 */
	public int known(int observer) {
		return view(observer).size();
	}

	/**
	 * Returns a number that is the same for members who believe the same of all alive and
	 * suspect members.
	 * @param observer who believes
	 * @return the digest
	 */
	public long digest(int observer) {
		return view(observer).digest();
	}

	/** Whether a member believes that those are alive who run, and nobody else. */
	boolean isRight(int observer) {
		View view = view(observer);
		if (view.alive() != this.world.running()) {
			return false;
		}
		for (int subject = 1; subject <= this.world.size(); subject++) {
			if (this.world.member(subject) != null && view.status(subject) != MemberStatus.ALIVE) {
				return false;
			}
		}
		return true;
	}

	@Nullable Rumor known(int observer, int subject) {
		return view(observer).known(subject);
	}

	private View view(int observer) {
		SimulatedMember member = this.world.member(observer);
		if (member == null) {
			throw new IllegalArgumentException("Member " + observer + " does not run");
		}
		return member.view();
	}

}

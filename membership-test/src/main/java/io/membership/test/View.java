package io.membership.test;

import java.util.Arrays;
import java.util.Objects;

import io.membership.MemberStatus;
import io.membership.swim.Rumor;
import org.jspecify.annotations.Nullable;

/**
 * What one member knows of all, as an array by number: 4 bytes per entry, because all
 * views share what they know. Keeps its digest up to date, so that views can be compared
 * at once.
 */
final class View {

	private @Nullable Rumor[] known;

	private long digest;

	private int size;

	private int alive;

	View(int members) {
		this.known = new Rumor[members + 1];
	}

	/** Returns what is known of a member, or {@code null} if nothing is. */
	@Nullable Rumor known(int member) {
		return (member < this.known.length) ? this.known[member] : null;
	}

	@Nullable MemberStatus status(int member) {
		Rumor subject = known(member);
		return (subject != null) ? subject.status() : null;
	}

	/** Returns how many members are known. */
	int size() {
		return this.size;
	}

	int alive() {
		return this.alive;
	}

	/** Returns the same for two views of the same alive and suspect members. */
	long digest() {
		return this.digest;
	}

	/** Returns what was known before. */
	@Nullable Rumor put(int member, Rumor subject) {
		if (member >= this.known.length) {
			this.known = Arrays.copyOf(this.known, Math.max(member + 1, this.known.length * 3 / 2));
		}
		Rumor before = remove(member);
		this.known[member] = subject;
		count(member, subject, 1);
		return before;
	}

	/** Returns what was known before. */
	@Nullable Rumor remove(int member) {
		Rumor before = known(member);
		if (before != null) {
			this.known[member] = null;
			count(member, before, -1);
		}
		return before;
	}

	private void count(int member, Rumor subject, int sign) {
		this.size += sign;
		if (subject.status() == MemberStatus.ALIVE) {
			this.alive += sign;
		}
		if (subject.status() == MemberStatus.ALIVE || subject.status() == MemberStatus.SUSPECT) {
			this.digest += sign * hash(member, subject);
		}
	}

	/** Returns the same for no payload and for an empty one. */
	private static int payloadHash(Rumor subject) {
		return subject.content().isEmpty() ? 0 : Objects.hashCode(subject.payload());
	}

	private static long hash(int member, Rumor subject) {
		long mixed = Fingerprint.mix(member * 8L + subject.status().code());
		mixed = Fingerprint.mix(mixed ^ subject.incarnation());
		return Fingerprint.mix(mixed + payloadHash(subject));
	}

}

package io.membership.process;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipEvent;
import org.jspecify.annotations.Nullable;

/**
 * What one node began to believe about another, and when; a line of text between
 * processes. All of them run on one machine, and so by one clock.
 *
 * @param micros when, in microseconds since the epoch
 * @param observer who believes it
 * @param subject about whom
 * @param status what
 */
public record Sighting(long micros, MemberUri observer, MemberUri subject, MemberStatus status) {

	/** Tells the line from what a log may write. */
	private static final String MARK = "@";

	/** Writes down all that a node sees from now on. */
	public static void print(Membership node) {
		node.subscribe((event) -> Lines.write(of(node.myself().uri(), event)));
	}

	/** Returns what an event says that a node sees, now. */
	public static Sighting of(MemberUri observer, MembershipEvent event) {
		return new Sighting(now(), observer, event.member().uri(), event.member().status());
	}

	/** Returns the time in microseconds since the epoch. */
	public static long now() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

	/** Returns the sighting, or {@code null} if the line is something else. */
	public static @Nullable Sighting parse(String line) {
		String[] words = line.split(" ", -1);
		return (words.length == 5 && words[0].equals(MARK)) ? new Sighting(Long.parseLong(words[1]),
				MemberUri.parse(words[2]), MemberUri.parse(words[3]), MemberStatus.valueOf(words[4])) : null;
	}

	@Override
	public String toString() {
		return String.join(" ", MARK, String.valueOf(this.micros), this.observer.toString(), this.subject.toString(),
				this.status.name());
	}

}

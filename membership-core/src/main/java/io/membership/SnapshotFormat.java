package io.membership;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot as text that people can read, one fact a line:
 *
 * <pre>
 * membership-snapshot 1
 * self 10.0.0.1:3301 17
 * member 10.0.0.2:3301
 * member 10.0.0.3:3301
 * end 2
 * </pre>
 *
 * The first line has the version of the format, the last one the number of members, which
 * shows that nothing is missing. Whatever differs from this is no snapshot.
 */
final class SnapshotFormat {

	/** More than the largest snapshot with the longest URIs. */
	static final int MOST_BYTES = 1 << 20;

	private static final String VERSION = "membership-snapshot 1";

	private static final String SELF = "self ";

	private static final String MEMBER = "member ";

	private static final String END = "end ";

	/** Integers above 2^53 - 1 are not exact for the reference. */
	private static final long MAX_INCARNATION = (1L << 53) - 1;

	private SnapshotFormat() {
	}

	static String print(Snapshot snapshot) {
		StringBuilder text = new StringBuilder();
		text.append(VERSION).append('\n');
		text.append(SELF).append(snapshot.self()).append(' ').append(snapshot.incarnation()).append('\n');
		new TreeSet<>(snapshot.members()).forEach((member) -> text.append(MEMBER).append(member).append('\n'));
		return text.append(END).append(snapshot.members().size()).append('\n').toString();
	}

	/**
	 * Reads a snapshot.
	 * @throws IllegalArgumentException if the text is not exactly one; the message does
	 * not repeat what the text says
	 */
	static Snapshot parse(String text) {
		String[] lines = text.split("\n", Snapshot.MOST_MEMBERS + 4);
		if (!lines[0].equals(VERSION)) {
			throw new IllegalArgumentException("the first line is not '" + VERSION + "'");
		}
		int end = lines.length - 2;
		if (end < 2 || !lines[end + 1].isEmpty()) {
			throw new IllegalArgumentException("it is cut off or has too many members");
		}
		String[] self = value(lines, 1, SELF).split(" ", -1);
		MemberUri uri = MemberUri.tryParse(self[0]);
		long incarnation = (self.length == 2) ? number(self[1], MAX_INCARNATION - 1) : 0;
		if (uri == null || incarnation < 1) {
			throw new IllegalArgumentException("line 2 is not a URI and an incarnation");
		}
		Set<MemberUri> members = members(lines, end);
		if (number(value(lines, end, END), Snapshot.MOST_MEMBERS) != members.size()) {
			throw new IllegalArgumentException("it does not have as many members as its last line says");
		}
		return new Snapshot(uri, incarnation, members);
	}

	private static Set<MemberUri> members(String[] lines, int end) {
		Set<MemberUri> members = new HashSet<>();
		for (int i = 2; i < end; i++) {
			MemberUri member = MemberUri.tryParse(value(lines, i, MEMBER));
			if (member == null || !members.add(member)) {
				throw new IllegalArgumentException("line " + (i + 1) + " is not a URI, or one that was there before");
			}
		}
		return members;
	}

	private static String value(String[] lines, int index, String keyword) {
		if (!lines[index].startsWith(keyword)) {
			throw new IllegalArgumentException("line " + (index + 1) + " does not begin with '" + keyword + "'");
		}
		return lines[index].substring(keyword.length());
	}

	/** Returns the number, or -1 if it is none or larger than allowed. */
	private static long number(String text, long most) {
		@Nullable Long number = text.matches("[0-9]{1,16}") ? Long.valueOf(text) : null;
		return (number != null && number <= most) ? number : -1;
	}

}

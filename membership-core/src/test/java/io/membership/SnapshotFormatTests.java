package io.membership;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Snapshots as text.
 */
class SnapshotFormatTests {

	private static final String TEXT = """
			membership-snapshot 1
			self 10.0.0.1:3301 17
			member 10.0.0.2:3301
			member [::1]:3302
			member host-a:3301
			end 3
			""";

	private static final Snapshot SNAPSHOT = new Snapshot(MemberUri.of("10.0.0.1", 3301), 17,
			Set.of(MemberUri.of("host-a", 3301), MemberUri.of("10.0.0.2", 3301), MemberUri.of("::1", 3302)));

	@Test
	void aSnapshotIsPrinted() {
		assertThat(SnapshotFormat.print(SNAPSHOT)).isEqualTo(TEXT);
	}

	@Test
	void aSnapshotIsRead() {
		assertThat(SnapshotFormat.parse(TEXT)).isEqualTo(SNAPSHOT);
	}

	@Test
	void aNodeWithoutOthersHasASnapshotToo() {
		Snapshot lonely = new Snapshot(MemberUri.of("host", 1), (1L << 53) - 2, Set.of());
		assertThat(SnapshotFormat.parse(SnapshotFormat.print(lonely))).isEqualTo(lonely);
	}

	@Test
	void theLargestSnapshotFitsItsFile() {
		String host = "x".repeat(MemberUri.MAX_HOST_LENGTH - 4);
		Snapshot largest = new Snapshot(MemberUri.of(host, 65535), (1L << 53) - 2,
				IntStream.rangeClosed(1, Snapshot.MOST_MEMBERS)
					.mapToObj((number) -> MemberUri.of(host + (999 + number), 65535))
					.collect(Collectors.toSet()));
		String text = SnapshotFormat.print(largest);
		assertThat(text.length()).isLessThan(SnapshotFormat.MOST_BYTES);
		assertThat(SnapshotFormat.parse(text)).isEqualTo(largest);
	}

	@Test
	void wherverItIsCutOffItIsNoSnapshot() {
		for (int length = 0; length < TEXT.length(); length++) {
			String cutOff = TEXT.substring(0, length);
			assertThatIllegalArgumentException().as(cutOff).isThrownBy(() -> SnapshotFormat.parse(cutOff));
		}
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = {
			"membership-snapshot 1, membership-snapshot 2, the first line is not 'membership-snapshot 1'",
			"membership-snapshot 1, membership-snapshot 10, the first line is not 'membership-snapshot 1'",
			"self 10.0.0.1:3301 17, member 10.0.0.9:1, line 2 does not begin with 'self '",
			"self 10.0.0.1:3301 17, self 10.0.0.1:3301, line 2 is not a URI and an incarnation",
			"self 10.0.0.1:3301 17, self 10.0.0.1:3301 0, line 2 is not a URI and an incarnation",
			"self 10.0.0.1:3301 17, self 10.0.0.1:3301 -1, line 2 is not a URI and an incarnation",
			"self 10.0.0.1:3301 17, self 10.0.0.1:3301 9007199254740991, line 2 is not a URI and an incarnation",
			"self 10.0.0.1:3301 17, self 10.0.0.1:3301 99999999999999999999, line 2 is not a URI and an incarnation",
			"self 10.0.0.1:3301 17, self 10.0.0.1:0 17, line 2 is not a URI and an incarnation",
			"self 10.0.0.1:3301 17, self 10.0.0.1:3301 17 18, line 2 is not a URI and an incarnation",
			"self 10.0.0.1:3301 17, \"self 10.0.0.1:3301 17\nself 10.0.0.1:3301 17\", line 3 does not begin with 'member '",
			"member [::1]:3302, member [::1, \"line 4 is not a URI, or one that was there before\"",
			"member [::1]:3302, member 10.0.0.2:3301, \"line 4 is not a URI, or one that was there before\"",
			"member [::1]:3302, other [::1]:3302, line 4 does not begin with 'member '",
			"end 3, end 2, it does not have as many members as its last line says",
			"end 3, end -3, it does not have as many members as its last line says",
			"end 3, end x, it does not have as many members as its last line says",
			"end 3, \"end 3\nend 3\", line 6 does not begin with 'member '",
			"end 3, \"end 3\n\", line 6 does not begin with 'member '" })
	void whatDiffersIsNoSnapshot(String line, String other, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> SnapshotFormat.parse(TEXT.replace(line, other)))
			.withMessage(reason);
	}

	@Test
	void linesThatEndOtherwiseAreNoSnapshot() {
		assertThatIllegalArgumentException().isThrownBy(() -> SnapshotFormat.parse(TEXT.replace("\n", "\r\n")));
	}

	@Test
	void tooManyMembersAreNoSnapshot() {
		StringBuilder text = new StringBuilder("membership-snapshot 1\nself host:1 1\n");
		for (int i = 1; i <= Snapshot.MOST_MEMBERS + 1; i++) {
			text.append("member host:").append(i).append('\n');
		}
		text.append("end ").append(Snapshot.MOST_MEMBERS + 1).append('\n');
		assertThatIllegalArgumentException().isThrownBy(() -> SnapshotFormat.parse(text.toString()))
			.withMessage("it is cut off or has too many members");
	}

	@Test
	void aTextOfNothingButLinesIsNoSnapshot() {
		String text = "membership-snapshot 1" + "\n".repeat(SnapshotFormat.MOST_BYTES - 100);
		assertThatIllegalArgumentException().isThrownBy(() -> SnapshotFormat.parse(text));
	}

}

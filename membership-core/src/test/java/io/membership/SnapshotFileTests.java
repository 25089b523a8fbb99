package io.membership;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What happens to a snapshot on a disk.
 */
@Timeout(20)
class SnapshotFileTests {

	private static final Snapshot OLD = new Snapshot(MemberUri.of("host", 1), 7, Set.of(MemberUri.of("other", 2)));

	private static final Snapshot NEW = new Snapshot(MemberUri.of("host", 1), 8, Set.of(MemberUri.of("third", 3)));

	@TempDir
	private Path directory = Path.of("");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private Path path = Path.of("");

	private SnapshotFile file = new SnapshotFile(this.path);

	@BeforeEach
	void prepare() {
		this.path = this.directory.resolve("snapshot");
		this.file = new SnapshotFile(this.path);
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void leaveTheLog() {
		logger().detachAppender(this.log);
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(SnapshotFile.class);
	}

	@Test
	void aFileThatDoesNotExistIsNoReasonToWarn() {
		assertThat(this.file.read()).isNull();
		assertThat(warnings()).isEmpty();
	}

	@Test
	void whatIsWrittenIsRead() {
		assertThat(this.file.write(OLD)).isTrue();
		assertThat(new SnapshotFile(this.path).read()).isEqualTo(OLD);
		assertThat(warnings()).isEmpty();
	}

	@Test
	void theNewReplacesTheOldAndNothingElseIsLeft() throws IOException {
		this.file.write(OLD);
		this.file.write(NEW);
		assertThat(this.file.read()).isEqualTo(NEW);
		assertThat(this.directory).isDirectoryContaining(this.path::equals);
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).hasSize(1);
		}
	}

	@Test
	void onlyTheOwnerMayReadIt() throws IOException {
		assumeThat(this.path.getFileSystem().supportedFileAttributeViews()).contains("posix");
		this.file.write(OLD);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.path))).isEqualTo("rw-------");
	}

	@Test
	void aRelativePathIsFromTheWorkingDirectory() {
		assertThat(new SnapshotFile(Path.of("snapshot"))).hasToString(Path.of("snapshot").toAbsolutePath().toString());
	}

	@Test
	void whatAnInterruptedWriteLeftIsNoObstacle() throws IOException {
		Files.writeString(this.directory.resolve("snapshot.tmp"), "half of");
		assertThat(this.file.write(OLD)).isTrue();
		assertThat(this.file.read()).isEqualTo(OLD);
	}

	@Test
	void aLinkInThePlaceOfTheTemporaryFileIsNotFollowed() throws IOException {
		Path victim = Files.writeString(this.directory.resolve("victim"), "precious");
		Files.createSymbolicLink(this.directory.resolve("snapshot.tmp"), victim);
		assertThat(this.file.write(OLD)).isTrue();
		assertThat(victim).hasContent("precious");
	}

	// What cannot be read

	@Test
	void anEmptyFileIsIgnored() throws IOException {
		Files.createFile(this.path);
		assertIgnored("the first line is not 'membership-snapshot 1'");
	}

	@Test
	void aTruncatedFileIsIgnored() throws IOException {
		String text = SnapshotFormat.print(OLD);
		Files.writeString(this.path, text.substring(0, text.length() - 1));
		assertIgnored("it is cut off or has too many members");
	}

	@Test
	void aFileOfAnotherVersionIsIgnored() throws IOException {
		Files.writeString(this.path, SnapshotFormat.print(OLD).replace("snapshot 1", "snapshot 2"));
		assertIgnored("the first line is not 'membership-snapshot 1'");
	}

	@Test
	void aBinaryFileIsIgnored() throws IOException {
		byte[] bytes = new byte[5000];
		new Random(1).nextBytes(bytes);
		Files.write(this.path, bytes);
		assertIgnored("not a text in UTF-8");
	}

	@Test
	void anyFlippedByteGivesASnapshotOrNothing() throws IOException {
		byte[] text = SnapshotFormat.print(OLD).getBytes(StandardCharsets.UTF_8);
		Random random = new Random(2);
		for (int i = 0; i < 500; i++) {
			byte[] flipped = text.clone();
			flipped[random.nextInt(text.length)] = (byte) random.nextInt();
			Files.write(this.path, flipped);
			int before = warnings().size();
			Snapshot read = this.file.read();
			assertThat(warnings()).hasSize((read != null) ? before : before + 1);
		}
	}

	@Test
	void aHugeFileIsIgnoredWithoutReadingAllOfIt() throws IOException {
		try (RandomAccessFile huge = new RandomAccessFile(this.path.toFile(), "rw")) {
			huge.setLength(1L << 36);
		}
		assertIgnored("larger than 1048576 bytes");
	}

	@Test
	void aDirectoryIsIgnored() throws IOException {
		Files.createDirectory(this.path);
		assertIgnored("not a regular file");
	}

	@Test
	void aDeviceIsIgnored() throws IOException {
		Path device = Path.of("/dev/zero");
		assumeThat(device).exists();
		Files.createSymbolicLink(this.path, device);
		assertIgnored("not a regular file");
	}

	@Test
	void aFileThatMayNotBeReadIsIgnored() throws IOException {
		this.file.write(OLD);
		Files.setPosixFilePermissions(this.path, Set.of());
		assumeThat(Files.isReadable(this.path)).isFalse();
		assertIgnored("AccessDeniedException: " + this.path);
	}

	// What cannot be written

	@Test
	void aMissingDirectoryIsWarnedOfOnce() throws IOException {
		Path missing = this.directory.resolve("missing");
		SnapshotFile inside = new SnapshotFile(missing.resolve("snapshot"));
		assertThat(inside.write(OLD)).isFalse();
		assertThat(inside.write(OLD)).isFalse();
		assertThat(warnings()).containsExactly(
				"snapshot file=" + missing.resolve("snapshot") + " not written reason=\"NoSuchFileException: "
						+ missing.resolve("snapshot.tmp") + "\" (tried again, logged once)");
		Files.createDirectory(missing);
		assertThat(inside.write(NEW)).isTrue();
		assertThat(inside.read()).isEqualTo(NEW);
	}

	@Test
	void aFailureAfterASuccessIsWarnedOfAgain() throws IOException {
		Path obstacle = this.directory.resolve("snapshot.tmp");
		for (int i = 0; i < 2; i++) {
			Files.createDirectories(obstacle.resolve("full"));
			this.file.write(NEW);
			Files.delete(obstacle.resolve("full"));
			this.file.write(OLD);
		}
		assertThat(warnings()).hasSize(2);
	}

	@Test
	void theOldFileIsKeptWhenTheNewOneCannotBeWritten() throws IOException {
		this.file.write(OLD);
		Files.createDirectories(this.directory.resolve("snapshot.tmp").resolve("full"));
		assertThat(this.file.write(NEW)).isFalse();
		assertThat(this.file.read()).isEqualTo(OLD);
	}

	@Test
	void aDirectoryThatMayNotBeWrittenIsWarnedOf() throws IOException {
		this.file.write(OLD);
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("r-x------"));
		try {
			assumeThat(Files.isWritable(this.directory)).isFalse();
			assertThat(this.file.write(NEW)).isFalse();
			assertThat(warnings()).hasSize(1);
			assertThat(this.file.read()).isEqualTo(OLD);
		}
		finally {
			Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwx------"));
		}
	}

	private void assertIgnored(String reason) {
		assertThat(this.file.read()).isNull();
		assertThat(warnings()).containsExactly("snapshot file=" + this.path + " ignored reason=\"" + reason + "\"");
	}

	private List<String> warnings() {
		return this.log.list.stream()
			.filter((event) -> event.getLevel() == Level.WARN)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

}

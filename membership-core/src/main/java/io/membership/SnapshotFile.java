package io.membership;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Snapshot} in a file. What goes wrong is logged and never fatal: a node
 * without its snapshot is a node that starts for the first time.
 */
final class SnapshotFile {

	private static final Logger logger = LoggerFactory.getLogger(SnapshotFile.class);

	private final Path file;

	private final Path temporary;

	private boolean failing;

	SnapshotFile(Path file) {
		this.file = file.toAbsolutePath();
		this.temporary = this.file.resolveSibling(this.file.getFileName() + ".tmp");
	}

	/** Returns what the file holds, or {@code null} if there is nothing of use. */
	@Nullable Snapshot read() {
		if (Files.notExists(this.file)) {
			logger.debug("snapshot file={} does not exist yet", this.file);
			return null;
		}
		try {
			Snapshot snapshot = SnapshotFormat.parse(text());
			logger.info("snapshot file={} self={} incarnation={} members={}", this.file, snapshot.self(),
					snapshot.incarnation(), snapshot.members().size());
			return snapshot;
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("snapshot file={} ignored reason=\"{}\"", this.file, reason(ex));
			return null;
		}
	}

	/** A pipe would block, and a device never end. */
	private String text() throws IOException {
		if (!Files.isRegularFile(this.file)) {
			throw new IOException("not a regular file");
		}
		byte[] bytes;
		try (InputStream input = Files.newInputStream(this.file)) {
			bytes = input.readNBytes(SnapshotFormat.MOST_BYTES + 1);
		}
		if (bytes.length > SnapshotFormat.MOST_BYTES) {
			throw new IOException("larger than " + SnapshotFormat.MOST_BYTES + " bytes");
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IOException("not a text in UTF-8", ex);
		}
	}

	/**
	 * Replaces the file as a whole: whatever happens, there is the old one or the new
	 * one.
	 * @return whether that worked
	 */
	synchronized boolean write(Snapshot snapshot) {
		try {
			writeTemporary(SnapshotFormat.print(snapshot));
			Files.move(this.temporary, this.file, StandardCopyOption.ATOMIC_MOVE);
			this.failing = false;
			return true;
		}
		catch (IOException | RuntimeException ex) {
			if (!this.failing) {
				this.failing = true;
				logger.warn("snapshot file={} not written reason=\"{}\" (tried again, logged once)", this.file,
						reason(ex));
			}
			discardTemporary();
			return false;
		}
	}

	/** Half a file is of no use, and the disk may be full. */
	private void discardTemporary() {
		try {
			Files.deleteIfExists(this.temporary);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("{} cannot be deleted", this.temporary, ex);
		}
	}

	/** To create it anew follows no link that somebody else may have put there. */
	private void writeTemporary(String text) throws IOException {
		Files.deleteIfExists(this.temporary);
		Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		try (FileChannel channel = FileChannel.open(this.temporary, options, ownerOnly())) {
			ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
	}

	private FileAttribute<?>[] ownerOnly() {
		boolean posix = this.file.getFileSystem().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
	}

	/** Exceptions of files often say no more than the name of the file. */
	private static String reason(Exception ex) {
		boolean says = ex.getMessage() != null && !(ex instanceof FileSystemException file && file.getReason() == null);
		return says ? String.valueOf(ex.getMessage()) : ex.getClass().getSimpleName() + ": " + ex.getMessage();
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}

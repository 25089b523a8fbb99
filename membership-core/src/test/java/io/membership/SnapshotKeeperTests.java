package io.membership;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When snapshots are written.
 */
@Timeout(20)
class SnapshotKeeperTests {

	private static final String THREAD = "membership-snapshot-keeper-tests";

	private static final Duration PAUSE = Duration.ofMillis(200);

	@TempDir
	private Path directory = Path.of("");

	private Path path = Path.of("");

	private final Failures failures = new Failures(() -> {
	});

	private SnapshotKeeper keeper = new SnapshotKeeper(null, this.failures);

	@BeforeEach
	void prepare() {
		this.path = this.directory.resolve("snapshot");
		this.keeper = new SnapshotKeeper(this.path, this.failures, Duration.ofMillis(5), PAUSE);
	}

	@Test
	void theLastOneIsWrittenAtTheEndAndTheThreadIsGone() {
		this.keeper.start(THREAD, () -> snapshot(1));
		this.keeper.release(snapshot(2));
		this.keeper.await();
		assertThat(this.keeper.read()).isEqualTo(snapshot(2));
		assertThat(threads()).isZero();
	}

	@Test
	void anEndWithoutALastOneWritesNothing() {
		this.keeper.start(THREAD, () -> snapshot(1));
		this.keeper.release(null);
		this.keeper.await();
		assertThat(this.path).doesNotExist();
	}

	@Test
	void theFirstOneIsWrittenSoonAndTheNextNotBeforeAPause() throws InterruptedException {
		List<Snapshot> read = new CopyOnWriteArrayList<>();
		CountDownLatch askedAgain = new CountDownLatch(2);
		long begin = System.nanoTime();
		this.keeper.start(THREAD, () -> {
			Snapshot earlier = this.keeper.read();
			read.add((earlier != null) ? earlier : snapshot(0));
			askedAgain.countDown();
			return snapshot(read.size());
		});
		assertThat(askedAgain.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(System.nanoTime() - begin).isGreaterThan(PAUSE.toNanos());
		assertThat(read).startsWith(snapshot(0), snapshot(1));
		this.keeper.release(null);
		this.keeper.await();
	}

	@Test
	void whatDidNotChangeIsNotWrittenAgain() throws IOException, InterruptedException {
		CountDownLatch asked = new CountDownLatch(3);
		Snapshot unchanged = snapshot(1);
		this.keeper.start(THREAD, () -> {
			asked.countDown();
			if (asked.getCount() == 1) {
				delete();
			}
			return unchanged;
		});
		assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
		this.keeper.release(unchanged);
		this.keeper.await();
		assertThat(this.path).doesNotExist();
	}

	@Test
	void whatCouldNotBeWrittenIsTriedAgain() throws IOException, InterruptedException {
		Path obstacle = Files.createDirectories(this.directory.resolve("snapshot.tmp").resolve("full"));
		CountDownLatch asked = new CountDownLatch(2);
		this.keeper.start(THREAD, () -> {
			asked.countDown();
			return snapshot(1);
		});
		while (!asked.await(10, TimeUnit.MILLISECONDS)) {
			if (asked.getCount() == 1) {
				Files.deleteIfExists(obstacle);
			}
		}
		this.keeper.release(snapshot(1));
		this.keeper.await();
		assertThat(this.keeper.read()).isEqualTo(snapshot(1));
	}

	@Test
	void anUnexpectedErrorEndsNothing() throws InterruptedException {
		CountDownLatch asked = new CountDownLatch(3);
		this.keeper.start(THREAD, () -> {
			asked.countDown();
			if (asked.getCount() > 0) {
				throw new StackOverflowError("on purpose");
			}
			return snapshot(1);
		});
		assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
		this.keeper.release(snapshot(1));
		this.keeper.await();
		assertThat(this.keeper.read()).isEqualTo(snapshot(1));
		assertThat(this.failures.count()).isEqualTo(2);
	}

	@Test
	void aNodeWithoutAFileRemembersNothing() {
		SnapshotKeeper without = new SnapshotKeeper(null, this.failures);
		without.start(THREAD, () -> snapshot(1));
		assertThat(threads()).isZero();
		without.release(snapshot(1));
		without.await();
		assertThat(without.read()).isNull();
	}

	private void delete() {
		try {
			Files.delete(this.path);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Snapshot snapshot(long incarnation) {
		return new Snapshot(MemberUri.of("host", 1), incarnation, Set.of());
	}

	private static long threads() {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().equals(THREAD)).count();
	}

}

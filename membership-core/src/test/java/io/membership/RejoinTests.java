package io.membership;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that start with the snapshot of an earlier process, on real sockets of the
 * loopback interface.
 */
@Timeout(60)
class RejoinTests {

	private static final String LOOPBACK = "127.0.0.1";

	/** Incarnations begin with 1, so that they are easy to tell. */
	private static final MembershipOptions FAST = MembershipOptions.builder()
		.extensions(EnumSet.complementOf(EnumSet.of(MembershipExtension.IDENTITY)))
		.protocolPeriod(Duration.ofMillis(40))
		.ackTimeout(Duration.ofMillis(20))
		.antiEntropyPeriod(Duration.ofMillis(400))
		.suspectTimeout(Duration.ofMillis(200))
		.build();

	@TempDir
	private Path directory = Path.of("");

	private final List<Membership> nodes = new ArrayList<>();

	@AfterEach
	void close() {
		this.nodes.forEach(Membership::close);
	}

	@Test
	void afterAFullOutageAMeshFindsItselfAgainWithoutSeeds() throws Exception {
		List<Membership> before = mesh(3);
		Map<MemberUri, Long> incarnations = before.stream()
			.map(Membership::myself)
			.collect(Collectors.toMap(Member::uri, Member::incarnation));
		await(() -> before.stream().allMatch((node) -> remembered(node, 2)));
		before.forEach(Membership::crash);
		List<Membership> after = before.stream().map((node) -> restarted(node.myself().uri().port())).toList();
		await(() -> after.stream().allMatch((node) -> alive(node) == 3));
		assertThat(after).allSatisfy((node) -> assertThat(node.members().values())
			.allSatisfy((member) -> assertThat(member.incarnation()).isEqualTo(incarnations.get(member.uri()) + 1)));
	}

	@Test
	void whoComesBackAloneIsBelievedAtOnce() throws Exception {
		List<Membership> mesh = mesh(3);
		Membership crashing = mesh.get(2);
		MemberUri uri = crashing.myself().uri();
		crashing.setPayload("k", "v");
		long incarnation = crashing.myself().incarnation();
		await(() -> read(crashing).contains("self " + uri + " " + incarnation + "\n") && remembered(crashing, 2));
		crashing.crash();
		await(() -> mesh.get(0).member(uri).orElseThrow().status() == MemberStatus.DEAD);
		Membership back = restarted(uri.port());
		await(() -> mesh.get(0).member(uri).orElseThrow().status() == MemberStatus.ALIVE);
		assertThat(mesh.get(0).member(uri).orElseThrow().incarnation()).isEqualTo(incarnation + 1);
		assertThat(back.myself().incarnation()).isEqualTo(incarnation + 1);
	}

	@Test
	void anOrderlyEndRemembersAtOnce() {
		List<Membership> mesh = mesh(2);
		mesh.forEach(Membership::close);
		List<Membership> after = mesh.stream().map((node) -> restarted(node.myself().uri().port())).toList();
		await(() -> after.stream().allMatch((node) -> alive(node) == 2));
	}

	@Test
	void aLonelyStartForgetsNobody() {
		List<Membership> mesh = mesh(2);
		mesh.forEach(Membership::close);
		int port = mesh.get(0).myself().uri().port();
		restarted(port).close();
		restarted(port);
		Membership other = restarted(mesh.get(1).myself().uri().port());
		await(() -> alive(other) == 2);
	}

	@Test
	void theSnapshotOfAnotherUriIsGoodForItsMembers() throws IOException {
		List<Membership> mesh = mesh(2);
		Membership node = mesh.get(0);
		node.setPayload("k", "v");
		node.close();
		Path moved = this.directory.resolve("moved");
		Files.copy(file(node), moved);
		Membership other = add(builder(0).snapshotFile(moved).start());
		await(() -> alive(other) == 2);
		assertThat(other.myself().incarnation()).isEqualTo(1);
	}

	@Test
	void aCorruptSnapshotIsIgnoredAndReplaced() throws IOException {
		Membership node = mesh(1).get(0);
		node.close();
		Files.writeString(file(node), "membership-snapshot 1\nself");
		Membership restarted = restarted(node.myself().uri().port());
		assertThat(restarted.myself().incarnation()).isEqualTo(1);
		restarted.close();
		assertThat(read(restarted)).startsWith("membership-snapshot 1\nself " + restarted.myself().uri() + " 1\n");
	}

	@Test
	void aFileThatCannotBeWrittenStopsNothing() {
		Membership node = add(builder(0).snapshotFile(this.directory.resolve("missing").resolve("file")).start());
		assertThat(node.myself().status()).isEqualTo(MemberStatus.ALIVE);
		node.close();
		assertThat(node.myself().status()).isEqualTo(MemberStatus.LEFT);
	}

	@Test
	void theThreadIsNamedAfterThePortAndEndsWithTheRun() {
		Membership node = mesh(1).get(0);
		String name = "membership-" + node.myself().uri().port() + "-snapshot";
		assertThat(threads()).contains(name);
		node.leave();
		assertThat(threads()).doesNotContain(name);
		node.rejoin();
		assertThat(threads()).contains(name);
		node.close();
		assertThat(threads()).doesNotContain(name);
	}

	@Test
	void withoutAFileNothingIsKept() throws IOException {
		Membership node = add(builder(0).start());
		assertThat(threads()).doesNotContain("membership-" + node.myself().uri().port() + "-snapshot");
		node.close();
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).isEmpty();
		}
	}

	@Test
	void aNewRunOfTheSameProcessKnowsBetterThanTheFile() throws IOException {
		Membership node = mesh(1).get(0);
		node.close();
		Files.writeString(file(node), read(node).replace(" 1\nend", " 1000\nend"));
		node.start();
		assertThat(node.myself().incarnation()).isEqualTo(2);
	}

	/** Starts nodes that know each other by seeds. */
	private List<Membership> mesh(int size) {
		List<Membership> mesh = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			MembershipBuilder builder = builder(0);
			mesh.stream().findFirst().ifPresent((first) -> builder.seeds(first.myself().uri()));
			Membership unbound = builder.start();
			int port = unbound.myself().uri().port();
			unbound.crash();
			mesh.add(add(builder.port(port).snapshotFile(file(port)).start()));
		}
		await(() -> mesh.stream().allMatch((node) -> alive(node) == size));
		return mesh;
	}

	private Membership restarted(int port) {
		return add(builder(port).snapshotFile(file(port)).start());
	}

	private Path file(Membership node) {
		return file(node.myself().uri().port());
	}

	private Path file(int port) {
		return this.directory.resolve("node-" + port);
	}

	private static MembershipBuilder builder(int port) {
		return Membership.builder().bindAddress(LOOPBACK).advertisedHost(LOOPBACK).port(port).options(FAST);
	}

	private Membership add(Membership node) {
		this.nodes.add(node);
		return node;
	}

	private static long alive(Membership node) {
		return node.members().values().stream().filter((member) -> member.status() == MemberStatus.ALIVE).count();
	}

	private boolean remembered(Membership node, int members) {
		return read(node).endsWith("\nend " + members + "\n");
	}

	private String read(Membership node) {
		try {
			return Files.exists(file(node)) ? Files.readString(file(node)) : "";
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
	}

	private static void await(BooleanSupplier condition) {
		long begin = System.nanoTime();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(20).toNanos());
			Thread.onSpinWait();
		}
	}

}

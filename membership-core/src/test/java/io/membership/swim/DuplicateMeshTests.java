package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mesh in which two processes have one URI, as two hosts have that both call themselves
 * localhost: each reaches itself and the half of the mesh that is near.
 */
class DuplicateMeshTests {

	private static final MembershipOptions ALL = MembershipOptions.REFERENCE.toBuilder()
		.extensions(MembershipOptions.ALL_EXTENSIONS)
		.build();

	@ParameterizedTest
	@CsvSource({ "1, false", "2, false", "3, false", "4, true", "5, true", "6, true" })
	void bothNoticeEachOther(long seed, boolean halfIsReference) {
		Twins twins = new Twins(seed, halfIsReference);
		twins.mesh.until("both are sure", Duration.ofSeconds(30),
				() -> twins.one.protocol().state().duplicateUri() && twins.other.protocol().state().duplicateUri());
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void theyCalmDown(long seed) {
		Twins twins = new Twins(seed, false);
		twins.mesh.advance(Duration.ofMinutes(5));
		long before = twins.incarnation();
		twins.mesh.advance(Duration.ofMinutes(10));
		assertThat(twins.incarnation() - before).as("%s", twins.mesh).isBetween(5L, 30L);
		assertThat(twins.one.protocol().state().duplicateUri()).isTrue();
		assertThat(twins.other.protocol().state().duplicateUri()).isTrue();
	}

	/** This is what the reference does. */
	@Test
	void withoutTheExtensionTheyDoNot() {
		Twins twins = new Twins(1, MembershipOptions.REFERENCE, false);
		twins.one.protocol().setPayload(Map.of("k", "v"));
		twins.mesh.advance(Duration.ofMinutes(5));
		long before = twins.incarnation();
		twins.mesh.advance(Duration.ofMinutes(10));
		assertThat(twins.incarnation() - before).isGreaterThan(500);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void theOneThatIsLeftIsWellAgain(long seed) {
		Twins twins = new Twins(seed, false);
		twins.mesh.advance(Duration.ofMinutes(2));
		twins.other.crash();
		twins.others.forEach((node) -> twins.mesh.route(node, uri(1), twins.one));
		twins.mesh.advance(DuplicateUri.QUIET.plusMinutes(2));
		assertThat(twins.one.protocol().state().duplicateUri()).as("%s", twins.mesh).isFalse();
		twins.one.protocol().setPayload(Map.of("k", "v"));
		twins.mesh.until("all see what it says", Duration.ofSeconds(10), () -> twins.others.stream()
			.allMatch((node) -> Objects.requireNonNull(node.member(uri(1))).payload().containsKey("k")));
	}

	/** However often, however soon, and with whatever clock. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void whoReplacesItselfIsNoDuplicate(long seed) {
		VirtualMesh mesh = new VirtualMesh(seed);
		List<VirtualNode> others = new ArrayList<>(mesh.star(6, ALL));
		mesh.advance(Duration.ofSeconds(5));
		VirtualNode restarting = others.remove(5);
		for (int i = 1; i <= 20; i++) {
			restarting = restarting.restart(6);
			restarting.environment().setClockAhead(Duration.ofMinutes((i * 7 % 5) - 10));
			restarting.begin();
			restarting.protocol().join(List.of(uri(1)), 0);
			mesh.advance(Duration.ofMillis(300 + i * 397 % 5000));
			assertThat(restarting.protocol().state().duplicateUri()).as("%s", mesh).isFalse();
			assertThat(others).as("%s", mesh).noneMatch((node) -> node.protocol().state().duplicateUri());
		}
		VirtualNode last = restarting;
		mesh.until("all see it", Duration.ofSeconds(15),
				() -> others.stream().allMatch((node) -> node.sees(last, MemberStatus.ALIVE)));
	}

	/** Each part of the mesh knows another incarnation of the predecessor. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void aPredecessorThatPartsOfAMeshRememberDifferentlyIsNoDuplicate(long seed) {
		VirtualMesh mesh = new VirtualMesh(seed);
		List<VirtualNode> others = new ArrayList<>(mesh.star(7, ALL));
		mesh.advance(Duration.ofSeconds(10));
		VirtualNode predecessor = others.remove(6);
		betweenHalves(others, mesh::cut);
		others.subList(0, 3).forEach((node) -> mesh.cut(node.uri(), predecessor.uri()));
		mesh.advance(Duration.ofSeconds(1));
		IntStream.range(0, 50).forEach((i) -> predecessor.protocol().setPayload(Map.of("k", i)));
		mesh.advance(Duration.ofSeconds(1));
		VirtualNode successor = predecessor.restart(7);
		others.subList(0, 3).forEach((node) -> mesh.heal(node.uri(), successor.uri()));
		successor.environment().setClockAhead(Duration.ofHours(-1));
		successor.begin();
		successor.protocol().join(List.of(uri(1)), 0);
		mesh.advance(Duration.ofSeconds(5));
		betweenHalves(others, mesh::heal);
		mesh.until("all see it", Duration.ofSeconds(30),
				() -> others.stream().allMatch((node) -> node.sees(successor, MemberStatus.ALIVE)));
		mesh.advance(Duration.ofSeconds(30));
		assertThat(successor.protocol().state().duplicateUri()).as("%s", mesh).isFalse();
	}

	private static void betweenHalves(List<VirtualNode> six, BiConsumer<MemberUri, MemberUri> action) {
		six.subList(0, 3).forEach((one) -> six.subList(3, 6).forEach((other) -> action.accept(one.uri(), other.uri())));
	}

	/** Two processes with the URI of the first member, and six others. */
	private static final class Twins {

		private final VirtualMesh mesh;

		private final VirtualNode one;

		private final VirtualNode other;

		private final List<VirtualNode> others = new ArrayList<>();

		Twins(long seed, boolean halfIsReference) {
			this(seed, ALL, halfIsReference);
		}

		Twins(long seed, MembershipOptions options, boolean halfIsReference) {
			this.mesh = new VirtualMesh(seed);
			this.one = this.mesh.node(1, options);
			this.other = this.mesh.node(1, options);
			this.mesh.route(this.one, uri(1), this.one);
			this.mesh.route(this.other, uri(1), this.other);
			for (int number = 2; number <= 7; number++) {
				boolean reference = halfIsReference && (number / 2) % 2 == 0;
				VirtualNode node = this.mesh.node(number, reference ? MembershipOptions.REFERENCE : options);
				this.mesh.route(node, uri(1), (number % 2 == 0) ? this.one : this.other);
				this.others.add(node);
				begin(node);
			}
			begin(this.one);
			this.mesh.advance(Duration.ofMillis(1700));
			begin(this.other);
		}

		private void begin(VirtualNode node) {
			node.begin();
			node.protocol().join(List.of(uri(2), uri(3)), 0);
			this.mesh.advance(Duration.ofMillis(100));
		}

		long incarnation() {
			Member member = Objects.requireNonNull(this.others.get(0).member(uri(1)));
			return member.incarnation();
		}

	}

}

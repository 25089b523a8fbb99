package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import io.membership.test.Step.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A random sequence of calamities, after which the mesh is left alone and must become one
 * again. Its text, {@code seed/size/step,step,…}, is all it takes to repeat it. Of four
 * meshes with seeds in a row one has no extensions, one has all, in one every other
 * member has them, and in one each member has some. Of eight, the members of the last
 * four find each other by a seed member, and forget the dead soon.
 *
 * @param seed the seed of the mesh
 * @param size how many members the mesh has
 * @param steps what happens to it, in order
 */
record Scenario(long seed, int size, List<Step> steps) {

	private static final int MOST_MEMBERS = 24;

	private static final int MOST_STEPS = 24;

	private static final int MOST_MILLIS = 60_000;

	private static final Duration SHORT_MEMORY = Duration.ofSeconds(15);

	private static final Duration RECOVERY = Duration.ofMinutes(3);

	/** Returns the scenario that belongs to a seed. */
	static Scenario random(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		int size = random.nextInt(2, MOST_MEMBERS + 1);
		List<Step> steps = new ArrayList<>();
		int count = random.nextInt(1, MOST_STEPS + 1);
		Kind[] kinds = Kind.values();
		for (int i = 0; i < count; i++) {
			steps.add(new Step(random.nextLong(MOST_MILLIS), kinds[random.nextInt(kinds.length)],
					random.nextInt(1, size + 1), random.nextInt(10_000)));
		}
		steps.sort(Comparator.comparingLong(Step::atMillis));
		return new Scenario(seed, size, List.copyOf(steps));
	}

	static Scenario parse(String text) {
		String[] parts = text.split("/", -1);
		if (parts.length != 3) {
			throw new IllegalArgumentException("'" + text + "' is not of the form seed/size/step,step");
		}
		List<Step> steps = parts[2].isEmpty() ? List.of()
				: Arrays.stream(parts[2].split(",", -1)).map(Step::parse).toList();
		return new Scenario(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), steps);
	}

	Scenario with(List<Step> otherSteps) {
		return new Scenario(this.seed, this.size, List.copyOf(otherSteps));
	}

	/**
	 * Lets it happen.
	 * @return why it went wrong, {@code null} if it did not
	 */
	@Nullable SimulationError fault() {
		SimulatedMeshBuilder builder = SimulatedMesh.builder()
			.size(this.size)
			.seed(this.seed)
			.replay((number) -> Swarm.replayCommand(this));
		for (int member = 1; member <= this.size; member++) {
			builder.options(member, options(member));
		}
		SimulatedMesh mesh = builder.build();
		if (this.steps.stream().anyMatch((step) -> isDeadly(step.kind()))) {
			mesh.allow(Invariant.NO_FALSE_DEATHS);
		}
		try {
			start(mesh);
			this.steps.stream()
				.filter(this::isFair)
				.forEach((step) -> mesh.after(Duration.ofMillis(step.atMillis()), step::happenTo));
			mesh.run(Duration.ofMillis(MOST_MILLIS));
			recover(mesh);
			return null;
		}
		catch (SimulationError ex) {
			return ex;
		}
	}

	private boolean isForgetful() {
		return Math.floorMod(this.seed, 8L) >= 4;
	}

	private void start(SimulatedMesh mesh) {
		if (isForgetful()) {
			mesh.startAll().runUntil(Conditions.allSeeAll()).within(RECOVERY);
		}
		else {
			mesh.startJoined();
		}
	}

	private MembershipOptions options(int member) {
		MembershipOptions.Builder options = MembershipOptions.builder().extensions(extensions(member));
		return (isForgetful() ? options.forgetAfter(SHORT_MEMORY) : options).build();
	}

	/** Returns what a member does beyond the reference. */
	private Set<MembershipExtension> extensions(int member) {
		return switch ((int) Math.floorMod(this.seed, 4L)) {
			case 0 -> Set.of();
			case 1 -> MembershipOptions.ALL_EXTENSIONS;
			case 2 -> (member % 2 == 0) ? MembershipOptions.ALL_EXTENSIONS : Set.of();
			default -> some(new SplittableRandom(this.seed + member));
		};
	}

	private static Set<MembershipExtension> some(SplittableRandom random) {
		Set<MembershipExtension> some = EnumSet.allOf(MembershipExtension.class);
		some.removeIf((extension) -> random.nextBoolean());
		return some;
	}

	/**
	 * Whether all can be expected to agree in the end. Who starts anew while others still
	 * take it for alive, and with an incarnation that does not follow the clock, is not
	 * believed to have another payload.
	 */
	private boolean isFair(Step step) {
		return step.kind() != Kind.PAYLOAD || extensions(step.member()).contains(MembershipExtension.IDENTITY)
				|| this.steps.stream().noneMatch((other) -> other.member() == step.member() && isEnd(other.kind()));
	}

	private static boolean isEnd(Kind kind) {
		return kind == Kind.CRASH || kind == Kind.CRASH_HOST || kind == Kind.LEAVE;
	}

	/** Whether even healthy members may take each other for dead. */
	private static boolean isDeadly(Kind kind) {
		return switch (kind) {
			case LOSS, FREEZE, SLOW, DRIFT, LATENCY, REORDERING, CUT, ISLAND -> true;
			default -> false;
		};
	}

	private void recover(SimulatedMesh mesh) {
		mesh.network().heal().everywhere(Link.LAN);
		for (int member = 1; member <= this.size; member++) {
			mesh.clock(member).setDrift(0);
			if (mesh.isRunning(member)) {
				mesh.slow(member, Duration.ZERO).thaw(member);
			}
			else {
				mesh.restart(member);
			}
		}
		mesh.runUntil(Conditions.both(Conditions.allSeeAll(), Conditions.viewsAreEqual())).within(RECOVERY);
	}

	@Override
	public String toString() {
		return this.seed + "/" + this.size + "/"
				+ this.steps.stream().map(Step::toString).collect(Collectors.joining(","));
	}

}

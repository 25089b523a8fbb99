package io.membership.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.membership.swim.Rumor;

/**
 * How the members of a mesh begin: alone, all at about the same time, or as if they had
 * known each other for long. No two of them probe in step.
 */
final class Beginning {

	private final SimulatedMeshBuilder setup;

	private final World world;

	private final SplittableRandom random;

	private final Map<Integer, Map<String, Object>> payloads = new HashMap<>();

	Beginning(SimulatedMeshBuilder setup, World world, SplittableRandom random) {
		this.setup = setup;
		this.world = world;
		this.random = random;
	}

	/** Sets an entry of the payload that a member begins with. */
	void setPayload(int member, String key, Object value) {
		this.payloads.computeIfAbsent(member, (number) -> new TreeMap<>()).put(key, value);
	}

	private Map<String, Object> payload(int member) {
		return this.payloads.getOrDefault(member, Map.of());
	}

	/** Begins a life that knows nobody but its seeds. */
	void of(int member, int... seeds) {
		begin(create(member), seeds);
	}

	/** Begins with all members within a protocol period; the first one is the seed. */
	void ofAll() {
		for (int member = 1; member <= this.setup.size; member++) {
			SimulatedMember beginning = create(member);
			long at = this.world.time().elapsed().plus(randomPhase()).toNanos();
			this.world.time().at(at, () -> begin(beginning, 1));
		}
	}

	private void begin(SimulatedMember member, int... seeds) {
		member.begin(payload(member.number()), IntStream.of(seeds).mapToObj(this.world.census()::uri).toList());
	}

	/** Begins with all members at once, each of which knows all others. */
	void ofAllJoined() {
		List<SimulatedMember> members = IntStream.rangeClosed(1, this.setup.size).mapToObj(this::create).toList();
		List<Rumor> all = new ArrayList<>();
		members.forEach((member) -> all.add(member.announcement(payload(member.number()))));
		members.forEach((member) -> member.begin(all.get(member.number() - 1), all, randomPhase()));
	}

	private Duration randomPhase() {
		return Duration.ofNanos(this.random.nextLong(this.setup.options.protocolPeriod().toNanos()));
	}

	private SimulatedMember create(int member) {
		SimulatedMember created = new SimulatedMember(this.world, member, this.setup.options(member),
				this.setup.clusterName(member), this.random.split(), this.setup.receiveBuffer);
		created.seal(this.setup.encryption);
		this.world.put(created);
		return created;
	}

}

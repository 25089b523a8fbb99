package io.membership.test.report;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

import io.membership.MemberStatus;
import io.membership.MembershipOptions;
import io.membership.test.Condition;
import io.membership.test.Conditions;
import io.membership.test.Invariant;
import io.membership.test.Link;
import io.membership.test.SimulatedMesh;
import io.membership.test.Traffic;

import static io.membership.MemberStatus.ALIVE;
import static io.membership.MemberStatus.DEAD;
import static io.membership.MemberStatus.LEFT;

/**
 * One mesh in which one thing happens after the other, each when the one before is known
 * to all: how long does each take, and what does it cost?
 */
final class News {

	static final String JOIN = "join";

	static final String PAYLOAD = "payload change";

	static final String LEAVE = "leave";

	static final String PROCESS = "crash, refused";

	static final String HOST = "crash, silent";

	static final List<String> ALL = List.of(JOIN, PAYLOAD, LEAVE, PROCESS, HOST);

	static final String BYTES = "bytes";

	static final String DATAGRAMS = "datagrams";

	static final String RUMORS = "rumors";

	/** After that, something counts as never known to all. */
	static final Duration LIMIT = Duration.ofMinutes(1);

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private final SplittableRandom random;

	private final SimulatedMesh mesh;

	private final Job.Recorder recorder;

	private final int settled;

	private int newcomer;

	private int changes;

	/** Begins with members that know each other. */
	News(Setting setting, int size, int newcomers, double loss, long seed, Job.Recorder recorder) {
		this.random = new SplittableRandom(seed);
		this.recorder = recorder;
		this.settled = size;
		this.newcomer = size;
		this.mesh = SimulatedMesh.builder()
			.size(size)
			.newcomers(newcomers)
			.seed(seed)
			.options(withRoomFor(size + newcomers, setting.options()))
			.network(Link.LAN.withLoss(loss))
			.build()
			.allow(Invariant.NO_FALSE_DEATHS)
			.startJoined();
		this.mesh.run(Duration.ofSeconds(20));
	}

	private static MembershipOptions withRoomFor(int members, MembershipOptions options) {
		return options.toBuilder().maxMembers(Math.max(members, options.maxMembers())).build();
	}

	/** Measures everything once; three members go, and three newcomers stay. */
	void measureAll() {
		Duration begin = this.mesh.elapsed();
		Traffic before = this.mesh.traffic();
		join();
		payload();
		crash(PROCESS, Crash.PROCESS);
		join();
		crash(HOST, Crash.HOST);
		join();
		leave(anybody());
		recordTraffic(this.mesh.traffic().since(before), this.mesh.elapsed().minus(begin));
	}

	/** Changes a payload and lets a member leave. */
	void measurePayloadAndLeave() {
		payload();
		leave(anybody());
	}

	private void join() {
		int joining = ++this.newcomer;
		List<Integer> seeds = Measuring.draw(3, Measuring.running(this.mesh), this.random);
		this.mesh.start(joining, seeds.get(0), seeds.get(1), seeds.get(2));
		int members = Measuring.running(this.mesh).size();
		record(JOIN, Conditions.both(Conditions.everyoneSees(joining, ALIVE), knowsAll(joining, members)));
	}

	private static Condition knowsAll(int joining, int members) {
		return new Condition() {

			@Override
			public boolean holds(SimulatedMesh mesh) {
				return mesh.views().known(joining) >= members;
			}

			@Override
			public boolean dependsOnViewsOnly() {
				return true;
			}

		};
	}

	private void payload() {
		int changing = anybody();
		String value = "change " + ++this.changes;
		this.mesh.setPayload(changing, "version", value);
		record(PAYLOAD, Conditions.everyoneSeesPayload(changing, "version", value));
	}

	private void crash(String metric, Crash crash) {
		int crashing = anybody();
		crash.happenTo(this.mesh, crashing);
		recordEnd(metric, crashing, DEAD);
	}

	private void leave(int leaving) {
		this.mesh.leave(leaving);
		recordEnd(LEAVE, leaving, LEFT);
	}

	private void recordEnd(String metric, int gone, MemberStatus status) {
		record(metric, Conditions.everyoneSees(gone, status));
		Measuring.forget(this.mesh, gone);
	}

	/**
	 * Draws a member that has been here for long: who just joined is not probed at once.
	 */
	private int anybody() {
		List<Integer> settled = Measuring.running(this.mesh)
			.stream()
			.filter((member) -> member <= this.settled)
			.toList();
		return Measuring.draw(1, settled, this.random).get(0);
	}

	private void record(String metric, Condition condition) {
		this.recorder.add(metric, Measuring.until(this.mesh, condition, LIMIT));
		Measuring.pass(this.mesh, PAUSE, this.random);
	}

	/** Measures a mesh in which nothing happens. */
	static void measureIdle(Setting setting, int size, int uriLength, long seed, Job.Recorder recorder) {
		SimulatedMesh mesh = SimulatedMesh.builder()
			.size(size)
			.uriLength(uriLength)
			.seed(seed)
			.options(setting.options())
			.build()
			.startJoined();
		mesh.run(Duration.ofSeconds(30));
		Duration duration = Duration.ofMinutes(1);
		recordTraffic(mesh.run(duration).traffic(), duration, size, recorder);
	}

	private void recordTraffic(Traffic traffic, Duration duration) {
		recordTraffic(traffic, duration, Measuring.running(this.mesh).size(), this.recorder);
	}

	/** Records what each member sends in a second, with IP and UDP headers. */
	static void recordTraffic(Traffic traffic, Duration duration, int members, Job.Recorder recorder) {
		double memberSeconds = members * Measuring.seconds(duration);
		recorder.add(BYTES, traffic.totalBytes(Link.HEADERS) / memberSeconds);
		recorder.add(DATAGRAMS, traffic.totalDatagrams() / memberSeconds);
		recorder.add(RUMORS, traffic.rumors() / memberSeconds);
	}

}

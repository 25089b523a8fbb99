package io.membership.swim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.membership.MemberUri;
import io.membership.MembershipOptions;
import io.membership.wire.Decoded;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What one node does for one datagram, with all its tables.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProtocolBenchmark {

	private static final MemberUri SELF = Crowd.uri(0);

	@Param({ "10", "1000", "10000" })
	int members;

	private final QuietEnvironment environment = new QuietEnvironment();

	private SwimProtocol extended;

	private SwimProtocol reference;

	private byte[] fullPing;

	private byte[] shortPing;

	private Message known;

	private List<MemberUri> mentioned;

	private final Map<MemberUri, Rumor> map = new HashMap<>();

	private long incarnation = 1;

	@Setup
	public void begin() {
		List<Rumor> all = Crowd.of(this.members);
		this.extended = protocol(MembershipOptions.DEFAULTS, all);
		this.reference = protocol(MembershipOptions.REFERENCE, all);
		List<Rumor> some = Crowd.some(this.members, Crowd.RUMORS, 1);
		ProbeData data = ProbeData.of(Crowd.uri(1), SELF, this.environment.nowMicros());
		this.fullPing = this.environment.codec().encode(new Message.Ping(Crowd.uri(1), data, some));
		this.shortPing = this.environment.codec().encode(new Message.ShortPing(Crowd.uri(1), 1, 2, List.of()));
		this.known = new Message.Gossip(Crowd.uri(1), some);
		this.mentioned = some.stream().map(Rumor::uri).toList();
		all.forEach((member) -> this.map.put(member.uri(), member));
	}

	private SwimProtocol protocol(MembershipOptions options, List<Rumor> members) {
		SwimProtocol protocol = new SwimProtocol(this.environment, options, SELF);
		protocol.remember(members);
		protocol.appear(1, this.environment.format().emptyPayload());
		return protocol;
	}

	/** Decode, merge, choose filler, encode: all as large as a datagram may be. */
	@Benchmark
	public byte[] answerAFullPing() {
		return answer(this.reference, this.fullPing);
	}

	/** The same between members that compare digests of their views. */
	@Benchmark
	public byte[] answerAShortPing() {
		return answer(this.extended, this.shortPing);
	}

	private byte[] answer(SwimProtocol protocol, byte[] datagram) {
		Decoded.Understood decoded = (Decoded.Understood) this.environment.codec().decode(datagram, datagram.length);
		protocol.receive(decoded.message());
		return this.environment.lastSent();
	}

	@Benchmark
	public void mergeOldNews() {
		this.extended.receive(this.known);
	}

	/** Makes the rumors as well. */
	@Benchmark
	public void mergeNews() {
		this.incarnation++;
		this.extended
			.receive(new Message.Gossip(Crowd.uri(1), Crowd.some(this.members, Crowd.RUMORS, this.incarnation)));
	}

	/** The part of the above that is not merging. */
	@Benchmark
	public List<Rumor> floorOfMergeNews() {
		this.incarnation++;
		return Crowd.some(this.members, Crowd.RUMORS, this.incarnation);
	}

	/** A look at each member in a map of the JDK. */
	@Benchmark
	public int floorOfMergeOldNews() {
		int found = 0;
		for (MemberUri uri : this.mentioned) {
			found += (this.map.get(uri) != null) ? 1 : 0;
		}
		return found;
	}

}

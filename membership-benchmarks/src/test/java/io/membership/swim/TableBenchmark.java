package io.membership.swim;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Parts of what a node does with its table.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TableBenchmark {

	@Param({ "10", "1000", "10000" })
	int members;

	private final QuietEnvironment environment = new QuietEnvironment();

	private final MemberStore store = new MemberStore();

	private MemberTable table;

	private Messenger messenger;

	private ProbeData data;

	private Rumor one;

	private Rumor other;

	private int place;

	@Setup
	public void fill() {
		MemberUri self = Crowd.uri(0);
		this.table = new MemberTable(this.environment, self);
		this.table.admission().goBy(() -> MembershipOptions.REFERENCE, (uri) -> false, () -> {
		});
		this.table.adopt(Crowd.rumor(0, 1), Evidence.own(Cause.STARTED));
		List<Rumor> all = Crowd.of(this.members);
		all.forEach((member) -> this.table.adopt(member, Evidence.own(Cause.STARTED)));
		all.forEach(this.store::add);
		Peers peers = new Peers(this.environment, () -> MembershipOptions.REFERENCE, this.table);
		this.messenger = new Messenger(this.environment, () -> MembershipOptions.REFERENCE, this.table,
				new Dissemination(() -> MembershipOptions.REFERENCE, this.table), peers);
		this.data = ProbeData.of(self, Crowd.uri(1), this.environment.nowMicros());
		this.one = Crowd.rumor(1, 1);
		this.other = Crowd.rumor(1, 2);
		this.place = this.store.find(Crowd.uri(1));
	}

	/** Chooses filler for a whole datagram, and encodes it. */
	@Benchmark
	public byte[] fillAPing() {
		this.messenger.ping(Crowd.uri(1), this.data);
		return this.environment.lastSent();
	}

	/** Replaces a member twice, and with it the digest of the view. */
	@Benchmark
	public long updateTheDigestTwice() {
		this.store.replace(this.place, this.other);
		this.store.replace(this.place, this.one);
		return this.store.digest();
	}

	/** What anti-entropy compares when two views differ. */
	@Benchmark
	public List<Long> digestsOfRanges() {
		return HashedView.of(this.table).digests(16);
	}

}

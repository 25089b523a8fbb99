package io.membership.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A full datagram and its message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

	private static final int FULL = 1472;

	private final DatagramCodec codec = new DatagramCodec(Sealing.none());

	private Message message;

	private byte[] datagram;

	@Setup
	public void fill() {
		int rumors = 1;
		while (encoded(rumors + 1).length <= FULL) {
			rumors++;
		}
		this.message = ping(rumors);
		this.datagram = encoded(rumors);
	}

	private byte[] encoded(int rumors) {
		return this.codec.encode(ping(rumors));
	}

	private static Message ping(int rumors) {
		List<Rumor> events = IntStream.rangeClosed(1, rumors)
			.mapToObj((member) -> new Rumor(uri(member), MemberStatus.ALIVE, 1_700_000_000L, null, 5))
			.toList();
		ProbeData data = new ProbeData(uri(1), uri(2), 1_700_000_000_000_000L, ProbeData.UNKNOWN, Map.of());
		return new Message.Ping(uri(1), data, events);
	}

	private static MemberUri uri(int member) {
		return MemberUri.of("10.0." + (member >> 8) + "." + (member & 0xff), 3301);
	}

	@Benchmark
	public Decoded decode() {
		return this.codec.decode(this.datagram, this.datagram.length);
	}

	@Benchmark
	public byte[] encode() {
		return this.codec.encode(this.message);
	}

	/** A copy of the datagram. */
	@Benchmark
	public byte[] floorOfDecode() {
		return Arrays.copyOf(this.datagram, this.datagram.length);
	}

	/** A copy of the datagram. */
	@Benchmark
	public byte[] floorOfEncode() {
		return floorOfDecode();
	}

}

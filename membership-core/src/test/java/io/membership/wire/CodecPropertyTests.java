package io.membership.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.membership.Binary;
import io.membership.DropReason;
import io.membership.EncryptionKey;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.swim.Message;
import io.membership.swim.Payload;
import io.membership.swim.ProbeData;
import io.membership.swim.Rumor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import static io.membership.wire.Datagrams.SENDER;
import static io.membership.wire.Datagrams.array;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all messages, all values and all bytes.
 */
class CodecPropertyTests {

	/** Messages are expensive to generate; a longer run only needs a larger number. */
	private static final int TRIES = 400;

	/** One more than the shortest array header counts. */
	private static final int MAX_RUMORS = 16;

	private final DatagramCodec plain = new DatagramCodec(Sealing.none());

	private final DatagramCodec sealed = new DatagramCodec(Sealing.aes256Cbc(EncryptionKey.of("secret")));

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void everyMessageComesBack(@ForAll("messages") Message message) {
		for (DatagramCodec codec : List.of(this.plain, this.sealed)) {
			byte[] datagram = codec.encode(message);

			assertThat(codec.decode(datagram, datagram.length)).isEqualTo(new Decoded.Understood(message, 0));
		}
	}

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void theDataOfEveryProbeIsPassedOnAsItCame(@ForAll("probes") Message probe) {
		byte[] datagram = this.plain.encode(probe);
		Decoded.Understood understood = (Decoded.Understood) this.plain.decode(datagram, datagram.length);

		assertThat(this.plain.encode(understood.message())).isEqualTo(datagram);
	}

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void theSizeIsKnownBeforehand(@ForAll("messages") Message message) {
		assertThat(this.plain.sizeOf(message)).isEqualTo(this.plain.encode(message).length);
	}

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void theSizesOfThePartsAreKnownBeforehand(@ForAll("rumors") Rumor rumor, @ForAll("messages") Message message) {
		Message leave = new Message.Leave(message.sender(), List.of());
		Message sync = new Message.SyncAck(message.sender(), List.of(), List.of());

		assertThat(this.plain.encode(new Message.Leave(message.sender(), List.of(rumor))))
			.hasSize(this.plain.sizeOf(leave) + this.plain.sizeOfEvent(rumor));
		assertThat(this.plain.encode(new Message.SyncAck(message.sender(), List.of(rumor), List.of())))
			.hasSize(this.plain.sizeOf(sync) + this.plain.sizeOfEntry(rumor));
	}

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void whatFitsTheCapacityFitsThePacket(@ForAll("messages") Message message) {
		int size = this.sealed.encode(message).length;

		assertThat(this.sealed.sizeOf(message)).isLessThanOrEqualTo(this.sealed.capacity(size))
			.isGreaterThan(this.sealed.capacity(size - 1));
	}

	@Property(edgeCases = EdgeCasesMode.NONE)
	void everyPayloadValueComesBack(@ForAll("strings") String key, @ForAll("values") Object value) {
		Payload payload = EncodedPayload.EMPTY.with(key, value);

		assertThat(payload.toMap()).containsOnlyKeys(key).containsEntry(key, value);
		assertThat(payload.with(key, value)).isSameAs(payload);
		assertThat(payload.with(key, null)).isEqualTo(EncodedPayload.EMPTY);
	}

	@Property
	void noBytesThrow(@ForAll @Size(max = 2000) byte[] bytes) {
		HostileDatagramTests.assertUsable(Datagrams.decode(bytes));
		this.sealed.decode(bytes, bytes.length);
	}

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void noDataThrows(@ForAll("types") String type, @ForAll("wireValues") Object data,
			@ForAll("wireValues") Object event) {
		Decoded decoded = Datagrams
			.decode(array(SENDER, type, data, array(event, array("a:1", event, data, data, event), data)));

		assertThat(decoded).isInstanceOf(Decoded.Understood.class);
		HostileDatagramTests.assertUsable(decoded);
	}

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void noMutationThrows(@ForAll("messages") Message message, @ForAll @Size(min = 1, max = 8) List<Integer> places,
			@ForAll byte mask) {
		byte[] datagram = this.plain.encode(message);
		for (int place : places) {
			datagram[Math.floorMod(place, datagram.length)] ^= mask;
		}

		HostileDatagramTests.assertUsable(Datagrams.decode(datagram));
	}

	@Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
	void halfAMessageIsNone(@ForAll("messages") Message message, @ForAll int place) {
		byte[] datagram = this.plain.encode(message);
		int length = Math.floorMod(place, datagram.length);

		assertThat(Datagrams.decode(Arrays.copyOf(datagram, length)))
			.isEqualTo(new Decoded.Dropped(DropReason.MALFORMED));
	}

	@Provide
	Arbitrary<Message> messages() {
		Arbitrary<List<Rumor>> rumors = rumors().list().ofMaxSize(MAX_RUMORS);
		return Arbitraries.oneOf(probes(faithfulScalars().filter((value) -> !isExtension(value)).injectNull(0.1)),
				Combinators.combine(uris(), entries(), rumors)
					.as((from, entries, events) -> new Message.SyncRequest(from, entries, events)),
				Combinators.combine(uris(), entries(), rumors)
					.as((from, entries, events) -> new Message.SyncAck(from, entries, events)),
				Combinators.combine(uris(), rumors).as((from, events) -> new Message.Leave(from, events)));
	}

	@Provide
	Arbitrary<Message> probes() {
		return probes(wireValues());
	}

	private Arbitrary<Message> probes(Arbitrary<Object> values) {
		Arbitrary<List<Rumor>> rumors = rumors().list().ofMaxSize(MAX_RUMORS);
		return Arbitraries.oneOf(
				Combinators.combine(uris(), probeData(values), rumors)
					.as((from, data, events) -> new Message.Ping(from, data, events)),
				Combinators.combine(uris(), probeData(values), rumors)
					.as((from, data, events) -> new Message.Ack(from, data, events)));
	}

	@Provide
	Arbitrary<Rumor> rumors() {
		Arbitrary<Double> timesToLive = Arbitraries
			.oneOf(Arbitraries.integers().map(Integer::doubleValue), Arbitraries.doubles(),
					Arbitraries.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1.5))
			// The one difference that disappears: Lua's integers have no -0
			.map((timeToLive) -> (timeToLive == 0) ? 0.0 : timeToLive);
		return Combinators
			.combine(uris(), Arbitraries.of(MemberStatus.class), Arbitraries.longs().between(1, Rumor.MAX_INCARNATION),
					payloads().injectNull(0.3), timesToLive)
			.as(Rumor::new);
	}

	@Provide
	Arbitrary<Object> values() {
		return values(scalars(), 4);
	}

	/** What may arrive, floats of 32 bits and strings that are not UTF-8 included. */
	@Provide
	Arbitrary<Object> wireValues() {
		return values(faithfulScalars(), 2).injectNull(0.1);
	}

	@Provide
	Arbitrary<String> types() {
		return Arbitraries.of("PING", "ACK", "SYNC_REQ", "SYNC_ACK", "LEAVE", "OTHER");
	}

	@Provide
	Arbitrary<String> strings() {
		return Arbitraries.strings().ofMaxLength(40).filter(Utf8::isEncodable);
	}

	private Arbitrary<List<Rumor>> entries() {
		return rumors().map((rumor) -> new Rumor(rumor.uri(), rumor.status(), rumor.incarnation(), rumor.payload(), 0))
			.list()
			.ofMaxSize(MAX_RUMORS);
	}

	private Arbitrary<Payload> payloads() {
		Arbitrary<Object> tables = Arbitraries.oneOf(wireValues().list().ofMaxSize(2).map(Object.class::cast),
				Arbitraries.maps(faithfulScalars().filter(CodecPropertyTests::isKey), wireValues()).ofMaxSize(2));
		return tables.map((table) -> new EncodedPayload(Datagrams.pack(table)));
	}

	private Arbitrary<ProbeData> probeData(Arbitrary<Object> values) {
		Arbitrary<Long> times = Arbitraries.longs()
			.greaterOrEqual(1)
			.injectNull(0.2)
			.map((time) -> (time != null) ? time : ProbeData.UNKNOWN);
		Arbitrary<Map<Object, Object>> extra = Arbitraries
			.maps(faithfulScalars()
				.filter((key) -> isKey(key) && !isExtension(key) && !List.of("src", "dst", "ts", "ats").contains(key)),
					values)
			.ofMaxSize(4);
		return Combinators.combine(uris().injectNull(0.2), uris().injectNull(0.2), times, times, extra)
			.as(ProbeData::new);
	}

	private static Arbitrary<MemberUri> uris() {
		Arbitrary<String> hosts = Arbitraries.oneOf(
				Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(60),
				Arbitraries.of("::1", "127.0.0.1", "fe80::1%eth0"));
		return Combinators.combine(hosts, Arbitraries.integers().between(1, 65535)).as(MemberUri::of);
	}

	private static Arbitrary<Object> values(Arbitrary<Object> scalars, int depth) {
		return Arbitraries.recursive(() -> scalars, (inner) -> Arbitraries.oneOf(
				inner.injectNull(0.1).list().ofMaxSize(4).map(Object.class::cast),
				Arbitraries.maps(scalars.filter(CodecPropertyTests::isKey), inner.injectNull(0.1)).ofMaxSize(4)), 0,
				depth);
	}

	private Arbitrary<Object> faithfulScalars() {
		return Arbitraries.oneOf(scalars(), Arbitraries.floats().map(Object.class::cast),
				Arbitraries.of(Datagrams.hex("a2c328"), Datagrams.hex("a1ff"), Datagrams.hex("d501000d")));
	}

	private Arbitrary<Object> scalars() {
		Arbitrary<BigDecimal> decimals = Combinators
			.combine(
					Arbitraries.bigIntegers()
						.between(BigInteger.TEN.pow(38).subtract(BigInteger.ONE).negate(),
								BigInteger.TEN.pow(38).subtract(BigInteger.ONE)),
					Arbitraries.integers().between(-37, 38))
			.as(BigDecimal::new);
		return Arbitraries
			.oneOf(Arbitraries.of(true, false), Arbitraries.longs(), Arbitraries.doubles(),
					Arbitraries.bigIntegers()
						.between(BigInteger.TWO.pow(63), BigInteger.TWO.pow(64).subtract(BigInteger.ONE)),
					strings(), Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Binary::of),
					Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
						.as(UUID::new)
						.filter(Extensions::isEncodable),
					decimals)
			.map(Object.class::cast);
	}

	/** What stays encoded in the data of a probe. */
	private static boolean isExtension(Object value) {
		return value instanceof BigDecimal || value instanceof UUID;
	}

	/** In a key, Lua does not know str from bin, and cannot have what is not a number. */
	private static boolean isKey(Object value) {
		return !(value instanceof Binary || (value instanceof Number number && Double.isNaN(number.doubleValue())));
	}

}

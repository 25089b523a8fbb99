package io.membership.wire;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static io.membership.wire.Datagrams.SENDER;
import static io.membership.wire.Datagrams.decode;
import static io.membership.wire.Datagrams.pack;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a stranger sends costs at most 16 times as much memory as it took to send it,
 * however densely it is packed.
 */
class AllocationTests {

	private static final int FACTOR = 16;

	/** What the objects of any datagram take, and those that are limited in number. */
	private static final int FLOOR = 8192;

	private static final HexFormat HEX = HexFormat.of();

	@TestFactory
	Stream<DynamicTest> nothingCostsMuchMoreThanItTookToSend() {
		return IntStream.of(1400, 60_000)
			.boxed()
			.flatMap((size) -> Stream.of(//
					// Statements that are read, skipped, or read in part
					events(size, "95", "0101c000"), events(size, "94", "0101c0"), events(size, "95", "01018000"),
					events(size, "95", "01019000"), events(size, "95", "010181a0a000"),
					events(size, "95", "010191c000"), events(size, "96", "0101c00080"),
					events(size, "96", "0101c000810101"), events(size, "96", "0101c00081059101"),
					events(size, "96", "0101c00081059101"), events(size, "96", "0101c000810391c0"),
					events(size, "95", "a131a131c0a131"), events(size, "95", "a2312ea2312ec0a2312e"),
					events(size, "95", "cb3ff0000000000000cb3ff0000000000000c000"), repeated(size, "LEAVE", "c0"),
					repeated(size, "LEAVE", "90"), repeated(size, "LEAVE", "80"), repeated(size, "LEAVE", "91a0"),
					repeated(size, "LEAVE", "95a0a0a0a0a0"), repeated(size, "LEAVE", "9501d501001cd501001cc000"),
					entries(size, "94", "0101c0"), entries(size, "94", "010190"), entries(size, "94", "01019101"),
					// The data of a probe
					probe(size, (i) -> "cd%04xc0".formatted(i)), probe(size, (i) -> "a0c0"), probe(size, (i) -> "01a0"),
					probe(30, (i) -> "%02x93010101".formatted(i)), probe(30, (i) -> "%02x9190".formatted(i)),
					probe(30, (i) -> "%02xd501001c".formatted(i)), nested("01dc%04x".formatted(size), "90", size),
					nested("01dc%04x".formatted(size), "d501001c", size),
					nested("01dc%04x".formatted(size), "80", size), nested("01dc%04x".formatted(size), "a0", size)))
			.map(this::test);
	}

	private DynamicTest test(byte[] datagram) {
		String name = HEX.formatHex(datagram, 0, Math.min(48, datagram.length)) + ", " + datagram.length;
		return DynamicTest.dynamicTest(name, () -> {
			assertThat(decode(datagram)).isInstanceOf(Decoded.Understood.class);
			// The cache of URIs grows with the first ones, for all that come later
			long least = IntStream.range(0, 20).mapToLong((i) -> allocatedFor(datagram)).min().orElseThrow();
			assertThat(least).isLessThan(Math.max(FLOOR, FACTOR * datagram.length));
		});
	}

	private static long allocatedFor(byte[] datagram) {
		long before = allocated();
		decode(datagram);
		return allocated() - before;
	}

	private static byte[] events(int size, String before, String after) {
		return filled("LEAVE", "c0", size, (i) -> before + uri(i) + after);
	}

	private static byte[] repeated(int size, String type, String event) {
		return filled(type, "c0", size, (i) -> event);
	}

	private static byte[] entries(int size, String before, String after) {
		byte[] events = filled("SYNC_ACK", "", size, (i) -> before + uri(i) + after);
		return join(events, new byte[] { (byte) 0x90 });
	}

	private static byte[] probe(int size, IntFunction<String> entry) {
		int entries = Math.min(size, 0xffff);
		StringBuilder data = new StringBuilder("de%04x".formatted(entries));
		IntStream.range(0, entries).forEach((i) -> data.append(entry.apply(i)));
		return filled("PING", data.toString(), 0, (i) -> "");
	}

	private static byte[] nested(String header, String element, int elements) {
		return filled("PING", "81" + header + element.repeat(elements), 0, (i) -> "");
	}

	/** One of the shortest URIs there are, which the cache soon has all. */
	private static String uri(int i) {
		return HEX.formatHex(pack((char) ('a' + i % 26) + ":" + (1 + i / 26 % 9)));
	}

	/** Returns a datagram with as many elements at its end as fit. */
	private static byte[] filled(String type, String data, int size, IntFunction<String> element) {
		ByteArrayOutputStream elements = new ByteArrayOutputStream();
		int count = 0;
		while (elements.size() < size && count < 0xffff) {
			elements.writeBytes(HEX.parseHex(element.apply(count)));
			count++;
		}
		byte[] header = HEX.parseHex(
				"94" + HEX.formatHex(pack(SENDER)) + HEX.formatHex(pack(type)) + data + "dc%04x".formatted(count));
		return join(header, elements.toByteArray());
	}

	private static byte[] join(byte[] first, byte[] second) {
		byte[] all = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, all, first.length, second.length);
		return all;
	}

	private static long allocated() {
		return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

}

package io.membership.measure;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.ObjectName;

import com.sun.management.OperatingSystemMXBean;

/**
 * What this process occupies.
 */
final class Resources {

	static final String CPU_MILLIS = "cpu-millis";

	/**
	 * Precedes the name of a class of the engine, for how many objects of it there are.
	 */
	static final String OBJECTS_OF = "objects-of:";

	/** The beginnings of the names of classes of which tables with a limit are full. */
	private static final List<String> KEPT = List.of("io.membership.MemberUri", "io.membership.wire.Senders$",
			"io.membership.wire.ReplayWindow", "io.membership.net.AddressBook$");

	private static final String ENGINE = "io.membership.";

	private static final String MEASUREMENT = Resources.class.getPackageName();

	private Resources() {
	}

	/** Collects garbage and returns the figures, in bytes where they are sizes. */
	@SuppressWarnings("ExplicitGC")
	static Map<String, Long> take() throws IOException, JMException {
		Map<String, Long> classes = objects();
		System.gc();
		Map<String, Long> figures = new LinkedHashMap<>();
		figures.put(Figure.HEAP.key(), ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		figures.put(Figure.THREADS.key(), (long) ManagementFactory.getThreadMXBean().getThreadCount());
		figures.put(Figure.FILES.key(), files());
		figures.put(Figure.DIRECT.key(), direct());
		figures.put(Figure.CLASSES.key(), (long) ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
		figures.put(Figure.METASPACE.key(), pools("Metaspace"));
		figures.put(Figure.CODE.key(), pools("Code"));
		figures.put(Figure.RESIDENT.key(), resident());
		figures.put(CPU_MILLIS,
				((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1_000_000);
		figures.put(Figure.OBJECTS.key(), count(classes, false));
		figures.put(Figure.KEPT.key(), count(classes, true));
		classes.forEach((name, count) -> figures.put(OBJECTS_OF + name, count));
		return figures;
	}

	private static long count(Map<String, Long> classes, boolean kept) {
		return classes.entrySet()
			.stream()
			.filter((type) -> KEPT.stream().anyMatch(type.getKey()::startsWith) == kept)
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	private static long files() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.count();
		}
	}

	private static long direct() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

	private static long pools(String name) {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getName().startsWith(name))
			.map(MemoryPoolMXBean::getUsage)
			.mapToLong((usage) -> usage.getUsed())
			.sum();
	}

	private static long resident() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
			.sum();
	}

	/** Returns how many objects that are in use there are of each class of the engine. */
	private static Map<String, Long> objects() throws JMException {
		String histogram = (String) ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		return histogram.lines()
			.map((line) -> line.trim().split("\\s+", -1))
			.filter((columns) -> columns.length >= 4 && columns[3].startsWith(ENGINE)
					&& !columns[3].startsWith(MEASUREMENT))
			.collect(Collectors.toMap((columns) -> columns[3].replaceAll("\\$\\$Lambda.*", "\\$\\$Lambda"),
					(columns) -> Long.parseLong(columns[1]), Long::sum, LinkedHashMap::new));
	}

}

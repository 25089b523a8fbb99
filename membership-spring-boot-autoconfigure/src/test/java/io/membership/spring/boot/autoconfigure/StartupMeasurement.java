package io.membership.spring.boot.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.sun.management.OperatingSystemMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * Starts a web application with an actuator and Spring Cloud, with and without the
 * classes of this project, each time in a process of its own, and prints how long it
 * takes. Not a test: run it with
 *
 * <pre>
 * mvn -B -ntp verify -pl membership-core,membership-spring-boot-autoconfigure \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dtest=StartupMeasurement -Dmembership.startup=10
 * </pre>
 *
 * where the number is how often.
 */
final class StartupMeasurement {

	@Test
	@EnabledIfSystemProperty(named = "membership.startup", matches = "\\d+")
	void measure() throws Exception {
		main(new String[] { System.getProperty("membership.startup") });
	}

	/**
	 * Measures and prints.
	 * @param arguments how often
	 */
	public static void main(String[] arguments) throws Exception {
		String classPath = System.getProperty("java.class.path");
		List<Cost> with = new ArrayList<>();
		List<Cost> without = new ArrayList<>();
		for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
			without.add(start(without(classPath)));
			with.add(start(classPath));
		}
		System.out.println("without: " + Cost.median(without));
		System.out.println("with: " + Cost.median(with));
	}

	private static String without(String classPath) {
		return Arrays.stream(classPath.split(File.pathSeparator, -1))
			.filter((entry) -> !entry.contains("msgpack") && !isOurs(Path.of(entry)))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static boolean isOurs(Path entry) {
		return entry.endsWith("classes") || entry.getFileName().toString().startsWith("membership-");
	}

	private static Cost start(String classPath) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classPath, Started.class.getName(), "--server.port=0", "--membership.address=127.0.0.1",
				"--membership.port=0", "--spring.main.banner-mode=off", "--logging.level.root=error")
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			return output.lines()
				.filter((line) -> line.startsWith(Started.COST))
				.findFirst()
				.map(Cost::parse)
				.orElseThrow();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	/**
	 * What it costs to start.
	 *
	 * @param elapsed time since the start of the JVM, in milliseconds
	 * @param cpu time of all processors, in milliseconds
	 */
	private record Cost(double elapsed, double cpu) {

		static Cost parse(String line) {
			String[] parts = line.substring(Started.COST.length()).split(" ", -1);
			return new Cost(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
		}

		static Cost median(List<Cost> costs) {
			return new Cost(median(costs.stream().mapToDouble(Cost::elapsed).sorted().toArray()),
					median(costs.stream().mapToDouble(Cost::cpu).sorted().toArray()));
		}

		private static double median(double[] sorted) {
			return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%.0f ms, and %.0f ms of processors", this.elapsed, this.cpu);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Started {

		private static final String COST = "cost: ";

		/**
		 * Starts the application and prints what it cost.
		 * @param arguments properties
		 */
		public static void main(String[] arguments) {
			SpringApplication.run(Started.class, arguments);
			long elapsed = ManagementFactory.getRuntimeMXBean().getUptime();
			long cpu = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
			System.out.println(COST + elapsed + " " + cpu / 1_000_000);
		}

	}

}

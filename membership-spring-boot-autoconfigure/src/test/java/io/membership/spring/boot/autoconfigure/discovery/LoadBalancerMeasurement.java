package io.membership.spring.boot.autoconfigure.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.Membership;
import io.membership.MemberUri;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Calls a service with three instances, each in a process of its own, through a
 * load-balanced client, kills one of them with {@code kill -9}, and prints how many calls
 * fail and for how long. Not a test: run it with
 *
 * <pre>
 * mvn -B -ntp verify -pl membership-core,membership-spring-boot-autoconfigure \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dtest=LoadBalancerMeasurement \
 *     -Dmembership.discovery.measure="repetitions=10"
 * </pre>
 *
 * Of these words each may be left out: {@code repetitions=10}, {@code rate=50} calls per
 * second, {@code seconds=8} after the kill, {@code eviction=on} or {@code off} to leave
 * the caches of the load balancer alone.
 */
final class LoadBalancerMeasurement {

	private static final String EVICTION = MembershipLoadBalancerAutoConfiguration.class.getName();

	private final Map<String, Integer> numbers = new HashMap<>(Map.of("repetitions", 10, "rate", 50, "seconds", 8));

	private boolean eviction = true;

	@Test
	@EnabledIfSystemProperty(named = "membership.discovery.measure", matches = ".*")
	void measure() throws Exception {
		main(System.getProperty("membership.discovery.measure").split(" ", -1));
	}

	/**
	 * Measures and prints.
	 * @param arguments words as described above
	 */
	public static void main(String[] arguments) throws Exception {
		LoadBalancerMeasurement measurement = new LoadBalancerMeasurement();
		Arrays.stream(arguments).filter((word) -> word.contains("=")).forEach(measurement::set);
		measurement.run();
	}

	private void set(String word) {
		String[] parts = word.split("=", 2);
		if (parts[0].equals("eviction")) {
			this.eviction = parts[1].equals("on");
		}
		else if (this.numbers.replace(parts[0], Integer.valueOf(parts[1])) == null) {
			throw new IllegalArgumentException("'" + parts[0] + "' is none of eviction, " + this.numbers.keySet());
		}
	}

	private void run() throws Exception {
		System.out.println(this.numbers + ", eviction=" + this.eviction + ", "
				+ Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version());
		List<Result> results = new ArrayList<>();
		for (int i = 1; i <= this.numbers.get("repetitions"); i++) {
			Result result = repetition();
			System.out.println(i + ": " + result);
			results.add(result);
		}
		System.out.printf(Locale.ROOT,
				"medians: failed calls %.0f, last call to it %.3f s after the kill, suspected after %.3f s,"
						+ " last call to it %.3f s after the event%n",
				median(results, Result::failed), median(results, Result::lastCall), median(results, Result::event),
				median(results, Result::lastCallAfterEvent));
		System.out.printf(Locale.ROOT, "latest call to it after the event: %.3f s%n",
				results.stream().mapToDouble(Result::lastCallAfterEvent).max().orElseThrow());
	}

	private Result repetition() throws Exception {
		List<Process> processes = new ArrayList<>();
		String exclude = this.eviction ? "" : EVICTION;
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Client.class)
			.web(WebApplicationType.NONE)
			.properties("spring.application.name=client", "membership.address=127.0.0.1", "membership.port=0",
					"spring.autoconfigure.exclude=" + exclude, "spring.main.banner-mode=off", "logging.level.root=warn")
			.run()) {
			MemberUri seed = context.getBean(Membership.class).myself().uri();
			for (int i = 0; i < 3; i++) {
				processes.add(ServiceProcess.start(seed));
			}
			Client client = context.getBean(Client.class);
			MembershipDiscoveryClient discovery = context.getBean(MembershipDiscoveryClient.class);
			Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> discovery.getInstances("orders").size() == 3);
			return call(client, discovery.getInstances("orders").get(0), processes);
		}
		finally {
			processes.forEach(Process::destroyForcibly);
		}
	}

	private Result call(Client client, ServiceInstance victim, List<Process> processes) throws Exception {
		long pid = Long.parseLong(victim.getMetadata().get("pid"));
		Process process = processes.stream().filter((one) -> one.pid() == pid).findFirst().orElseThrow();
		ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
		ExecutorService callers = Executors.newCachedThreadPool();
		try {
			long period = TimeUnit.SECONDS.toNanos(1) / this.numbers.get("rate");
			ScheduledFuture<?> calls = clock.scheduleAtFixedRate(() -> callers.execute(client::call), 0, period,
					TimeUnit.NANOSECONDS);
			TimeUnit.SECONDS.sleep(3);
			long killed = System.nanoTime();
			process.destroyForcibly();
			TimeUnit.SECONDS.sleep(this.numbers.get("seconds"));
			calls.cancel(false);
			return Result.of(client, victim, killed);
		}
		finally {
			clock.shutdownNow();
			callers.shutdownNow();
			callers.awaitTermination(10, TimeUnit.SECONDS);
		}
	}

	private static double median(List<Result> results, ToDoubleFunction<Result> value) {
		double[] sorted = results.stream().mapToDouble(value).sorted().toArray();
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

	/**
	 * What happened in one repetition.
	 *
	 * @param calls number of calls after the kill
	 * @param failed number of those that failed
	 * @param lastCall time from the kill to the last call to the killed process, in
	 * seconds
	 * @param event time from the kill to the first event that the process is not alive,
	 * in seconds
	 * @param lastCallAfterEvent time from that event to the last call to the killed
	 * process, in seconds; negative if there was none after it
	 */
	private record Result(int calls, int failed, double lastCall, double event, double lastCallAfterEvent) {

		static Result of(Client client, ServiceInstance victim, long killed) {
			long lastCall = client.calls.stream()
				.filter((call) -> call.port() == victim.getPort())
				.mapToLong(Call::time)
				.max()
				.orElseThrow();
			long event = client.events.stream()
				.filter((one) -> one.uri().toString().equals(victim.getInstanceId()))
				.mapToLong(Sighting::time)
				.min()
				.orElseThrow();
			return new Result((int) client.calls.stream().filter((call) -> call.time() >= killed).count(),
					(int) client.failures.stream().filter((time) -> time >= killed).count(), seconds(lastCall - killed),
					seconds(event - killed), seconds(lastCall - event));
		}

		private static double seconds(long nanos) {
			return nanos / 1e9;
		}

	}

	/** When the port of an instance was called. */
	private record Call(long time, int port) {

	}

	/** When a member was seen otherwise than alive. */
	private record Sighting(long time, MemberUri uri) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Client {

		private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();

		private final ConcurrentLinkedQueue<Long> failures = new ConcurrentLinkedQueue<>();

		private final ConcurrentLinkedQueue<Sighting> events = new ConcurrentLinkedQueue<>();

		private volatile RestClient restClient;

		void call() {
			try {
				this.restClient.get().uri("http://orders/").retrieve().toBodilessEntity();
			}
			catch (RuntimeException ex) {
				this.failures.add(System.nanoTime());
			}
		}

		@EventListener
		void onStatusChange(MemberStatusChangedEvent event) {
			if (event.status() != MemberStatus.ALIVE) {
				this.events.add(new Sighting(System.nanoTime(), event.member().uri()));
			}
		}

		@Bean
		@LoadBalanced
		RestClient.Builder restClientBuilder() {
			ClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
			return RestClient.builder().requestFactory((uri, method) -> {
				this.calls.add(new Call(System.nanoTime(), uri.getPort()));
				return factory.createRequest(uri, method);
			});
		}

		@EventListener
		void onStart(ApplicationReadyEvent event) {
			this.restClient = event.getApplicationContext().getBean(RestClient.Builder.class).build();
		}

	}

}

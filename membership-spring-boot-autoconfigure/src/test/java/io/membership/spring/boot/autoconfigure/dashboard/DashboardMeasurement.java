package io.membership.spring.boot.autoconfigure.dashboard;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.awaitility.Awaitility.await;

/**
 * Pictures of the live page for the user guide, and how soon it answers while much is
 * going on. Not part of the build: it needs Chromium, and writes pictures to the folder
 * {@code -Dmembership.pictures}, if it is set.
 */
class DashboardMeasurement {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int CHANGES_PER_SECOND = 20;

	private static final int ROUNDS = 40;

	@Test
	void pictures() {
		for (int size : new int[] { 5, 50, 500 }) {
			try (MadeUpMesh mesh = new MadeUpMesh();
					ConfigurableApplicationContext application = DashboardApplication.start(mesh);
					Browser browser = Browser.start()) {
				mesh.grow(size);
				happen(mesh, size);
				for (String theme : new String[] { "light", "dark" }) {
					picture(browser, application, theme, 1280, 860, "dashboard-" + size + "-" + theme, size);
					picture(browser, application, theme, 500, 900, "narrow-" + size + "-" + theme, size);
				}
			}
		}
	}

	private static void happen(MadeUpMesh mesh, int size) {
		mesh.suspect(MadeUpMesh.uri(3));
		mesh.refute(MadeUpMesh.uri(3));
		mesh.leave(MadeUpMesh.uri(4));
		mesh.suspect(MadeUpMesh.uri(2));
		mesh.die(MadeUpMesh.uri(2));
		for (int number = 20; number < size; number += 23) {
			mesh.suspect(MadeUpMesh.uri(number));
			if (number % 2 == 0) {
				mesh.die(MadeUpMesh.uri(number));
			}
		}
		if (size > 40) {
			mesh.suspect(MadeUpMesh.uri(17));
			mesh.die(MadeUpMesh.uri(17));
			mesh.change(MadeUpMesh.uri(17), MemberStatus.NON_DECRYPTABLE, Evidence.own(Cause.UNREADABLE_DATAGRAM));
			mesh.suspect(MadeUpMesh.uri(9));
		}
	}

	private static void picture(Browser browser, ConfigurableApplicationContext application, String theme, int width,
			int height, String name, int size) {
		browser.resize(width, height);
		browser.driver().get(DashboardApplication.url(application) + "/membership");
		browser.run("localStorage.setItem('membership.theme', arguments[0])", theme);
		browser.driver().navigate().refresh();
		await().atMost(PATIENCE)
			.until(() -> browser.run("return document.querySelectorAll('.tile').length").equals((long) size));
		String folder = System.getProperty("membership.pictures");
		if (folder != null) {
			browser.screenshot(Path.of(folder, name + ".png"));
		}
	}

	@Test
	void clicks() {
		Random random = new Random(5);
		ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
		try (MadeUpMesh mesh = new MadeUpMesh();
				ConfigurableApplicationContext application = DashboardApplication.start(mesh);
				Browser browser = Browser.start()) {
			mesh.grow(500);
			browser.resize(1280, 860);
			browser.driver().get(DashboardApplication.url(application) + "/membership/");
			AtomicInteger changes = new AtomicInteger();
			var unused = clock.scheduleAtFixedRate(() -> {
				var uri = MadeUpMesh.uri(2 + random.nextInt(499));
				if (mesh.membership().member(uri).orElseThrow().status() == MemberStatus.ALIVE) {
					mesh.suspect(uri);
				}
				else {
					mesh.refute(uri);
				}
				changes.incrementAndGet();
			}, 0, 1000 / CHANGES_PER_SECOND, TimeUnit.MILLISECONDS);
			await().atMost(PATIENCE).until(() -> changes.get() > 100);
			browser.driver().executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
			measure(browser, "search", """
					const input = document.getElementById('search');
					input.value = (input.value === '') ? 'node-1' : '';
					input.dispatchEvent(new Event('input', { bubbles: true }));""");
			measure(browser, "sort", "document.querySelector('[data-sort=\"rtt\"]').click();");
			measure(browser, "status", "document.querySelector('.counts button').click();");
			measure(browser, "member", "document.querySelector('.tile').click();");
		}
		finally {
			clock.shutdownNow();
		}
	}

	/**
	 * Measures from the click to the end of the frame that shows what came of it, and how
	 * busy the page was meanwhile, with the clicks and with everything else.
	 */
	private static void measure(Browser browser, String what, String action) {
		browser.driver().manage().timeouts().scriptTimeout(PATIENCE);
		List<Double> millis = new ArrayList<>();
		double busy = busy(browser);
		for (int round = 0; round < ROUNDS; round++) {
			Object time = browser.driver().executeAsyncScript("""
					const done = arguments[arguments.length - 1];
					const begin = performance.now();
					%s
					requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
					""".formatted(action));
			millis.add(((Number) time).doubleValue());
		}
		busy = busy(browser) - busy;
		millis.sort(null);
		System.out.printf("%-8s median %.0f ms, 95 %% %.0f ms, worst %.0f ms; processor %.0f ms per click%n", what,
				millis.get(ROUNDS / 2), millis.get(ROUNDS * 95 / 100), millis.get(ROUNDS - 1), busy / ROUNDS);
	}

	/** Returns for how many milliseconds the page has kept a processor busy. */
	private static double busy(Browser browser) {
		List<?> metrics = (List<?>) browser.driver()
			.executeCdpCommand("Performance.getMetrics", Map.of())
			.getOrDefault("metrics", List.of());
		return metrics.stream()
			.map((metric) -> (Map<?, ?>) metric)
			.filter((metric) -> "TaskDuration".equals(metric.get("name")))
			.mapToDouble((metric) -> 1000 * ((Number) metric.get("value")).doubleValue())
			.sum();
	}

}

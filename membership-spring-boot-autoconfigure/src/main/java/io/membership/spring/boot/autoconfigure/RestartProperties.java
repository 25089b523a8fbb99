package io.membership.spring.boot.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Properties that count when the application starts and not later. Says so when they
 * change.
 */
final class RestartProperties {

	private static final Logger logger = LoggerFactory.getLogger(RestartProperties.class);

	private static final String SEEDS = "membership.seeds";

	static final List<String> NAMES = List.of("membership.address", "membership.advertise.host",
			"membership.advertise.interface", "membership.advertise.network", "membership.advertise.port",
			"membership.broadcast.enabled", "membership.broadcast.port", "membership.cluster-name",
			"membership.dashboard.enabled", "membership.dashboard.max-clients", "membership.dashboard.zone-key",
			"membership.discovery.enabled", "membership.discovery.include-suspects", "membership.discovery.order",
			"membership.discovery.register", "membership.enabled", "membership.history.size",
			"membership.lifecycle.phase", "membership.port", "membership.port-auto-increment",
			"membership.readiness.minimum-members", "membership.readiness.revocable", SEEDS,
			"membership.snapshot-file");

	private final Environment environment;

	private final Map<String, Object> atStart;

	private Map<String, Object> last;

	RestartProperties(Environment environment) {
		this.environment = environment;
		this.atStart = read();
		this.last = this.atStart;
	}

	/**
	 * Warns if they are not what they were when this was called last, nor what they were
	 * at the start.
	 */
	void warnOfChanges() {
		Map<String, Object> now = read();
		Map<String, Object> again = read();
		Set<String> changed = new TreeSet<>();
		boolean news = false;
		for (String name : NAMES) {
			// What is read differently each time is random, and was drawn at the start
			boolean settled = Objects.equals(now.get(name), again.get(name));
			if (settled && !Objects.equals(now.get(name), this.atStart.get(name))) {
				changed.add(name);
				news |= !Objects.equals(now.get(name), this.last.get(name));
			}
		}
		this.last = now;
		if (news) {
			logger.warn("Changed properties take effect when the application is started again: {}", changed);
		}
	}

	private Map<String, Object> read() {
		Binder binder = Binder.get(this.environment);
		Map<String, Object> values = new TreeMap<>();
		for (String name : NAMES) {
			Bindable<?> type = name.equals(SEEDS) ? Bindable.listOf(String.class) : Bindable.of(String.class);
			binder.bind(name, type).ifBound((value) -> values.put(name, value));
		}
		return values;
	}

}

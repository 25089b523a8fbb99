package io.membership.spring.boot.autoconfigure.health;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.Membership;
import io.membership.MembershipState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} for this node's part in the mesh. It is about this node only:
 * that others died is for them to report.
 */
public class MembershipHealthIndicator extends AbstractHealthIndicator {

	/** A protocol that is this many periods late is stuck. */
	private static final int PERIODS = 2;

	/**
	 * With periods of a few milliseconds, an ordinary pause of the JVM would otherwise
	 * pass for a stuck protocol.
	 */
	private static final Duration SHORTEST_LIMIT = Duration.ofMillis(500);

	private final Membership membership;

	/**
	 * Creates an indicator.
	 * @param membership the node
	 */
	public MembershipHealthIndicator(Membership membership) {
		super("Membership health check failed");
		this.membership = membership;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		MembershipState state = this.membership.state();
		Member self = this.membership.myself();
		String problem = problem(state, self);
		if (problem == null) {
			builder.up();
		}
		else {
			builder.outOfService().withDetail("reason", problem);
		}
		builder.withDetail("uri", self.uri().toString())
			.withDetail("members", counts())
			.withDetail("failures", state.failures());
		Duration sinceLastPeriod = state.sinceLastPeriod();
		if (sinceLastPeriod != null) {
			builder.withDetail("lastTick", Instant.now().minus(sinceLastPeriod));
		}
	}

	private @Nullable String problem(MembershipState state, Member self) {
		if (!state.running()) {
			return "not started, or left";
		}
		if (isLate(state)) {
			return "the protocol has not begun a period for " + state.sinceLastPeriod();
		}
		if (self.status() != MemberStatus.ALIVE && self.status() != MemberStatus.SUSPECT) {
			return "this node sees itself as " + self.status().displayName();
		}
		if (state.duplicateUri()) {
			return "another process uses this node's URI";
		}
		return null;
	}

	private boolean isLate(MembershipState state) {
		Duration period = this.membership.options().protocolPeriod();
		Duration limit = ((state.period() != null) ? state.period() : period).plus(period.multipliedBy(PERIODS));
		if (limit.compareTo(SHORTEST_LIMIT) < 0) {
			limit = SHORTEST_LIMIT;
		}
		return state.sinceLastPeriod() != null && state.sinceLastPeriod().compareTo(limit) > 0;
	}

	private Map<String, Integer> counts() {
		Map<String, Integer> counts = new LinkedHashMap<>();
		for (MemberStatus status : MemberStatus.values()) {
			counts.put(status.displayName(), 0);
		}
		this.membership.members()
			.values()
			.forEach((member) -> counts.merge(member.status().displayName(), 1, Integer::sum));
		return counts;
	}

}

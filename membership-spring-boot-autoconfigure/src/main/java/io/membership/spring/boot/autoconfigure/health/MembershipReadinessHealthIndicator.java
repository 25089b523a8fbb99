package io.membership.spring.boot.autoconfigure.health;

import io.membership.MemberStatus;
import io.membership.Membership;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} that is out of service until enough members are alive.
 * <p>
 * All members that are alive count, ready or not: if each waited for others to be ready,
 * none would ever be. Thread-safe.
 */
public class MembershipReadinessHealthIndicator extends AbstractHealthIndicator {

	private final Membership membership;

	private final int minimum;

	private final boolean revocable;

	private volatile boolean reached;

	/**
	 * Creates an indicator.
	 * @param membership the node
	 * @param minimum how many members have to be alive, this node included; 1 or more
	 * @param revocable whether they have to be alive at each moment; otherwise it is
	 * enough that they once were, since this node was started
	 */
	public MembershipReadinessHealthIndicator(Membership membership, int minimum, boolean revocable) {
		super("Membership readiness check failed");
		this.membership = membership;
		this.minimum = minimum;
		this.revocable = revocable;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		long alive = alive();
		boolean kept = this.reached && !this.revocable && this.membership.state().running();
		this.reached = alive >= this.minimum || kept;
		(this.reached ? builder.up() : builder.outOfService()).withDetail("alive", alive)
			.withDetail("minimum", this.minimum);
	}

	private long alive() {
		return this.membership.members()
			.values()
			.stream()
			.filter((member) -> member.status() == MemberStatus.ALIVE)
			.count();
	}

}

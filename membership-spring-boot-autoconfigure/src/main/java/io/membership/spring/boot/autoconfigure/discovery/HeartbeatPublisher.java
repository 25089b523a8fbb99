package io.membership.spring.boot.autoconfigure.discovery;

import java.util.Set;

import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;

/**
 * Tells the application that services changed, in the manner of Spring Cloud. Comes last,
 * so that listeners find nothing stale.
 */
final class HeartbeatPublisher implements ServiceChangeListener, Ordered {

	private final ApplicationEventPublisher publisher;

	HeartbeatPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void servicesChanged(Set<String> services, long version) {
		this.publisher.publishEvent(new HeartbeatEvent(this, version));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}

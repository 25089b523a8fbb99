package io.membership.sample;

import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberStatusChangedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes what happens to the members into the log.
 */
@Component
class MembershipLog {

	private static final Logger logger = LoggerFactory.getLogger(MembershipLog.class);

	@EventListener
	void onStatusChange(MemberStatusChangedEvent event) {
		logger.info("{} is {} (was {}): {}", event.member().uri(), event.status(),
				(event.previous() != null) ? event.previous() : "unknown", event.evidence());
	}

	@EventListener
	void onPayloadChange(MemberPayloadChangedEvent event) {
		logger.info("{} says {}", event.member().uri(), event.member().payload());
	}

}

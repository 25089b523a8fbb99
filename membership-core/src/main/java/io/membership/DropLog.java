package io.membership;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts received datagrams that came to nothing, and warns of one now and then. To be
 * used on the protocol's thread.
 */
final class DropLog {

	private static final Logger logger = LoggerFactory.getLogger(DropLog.class);

	private static final long PAUSE_SECONDS = 10;

	private final MembershipObserver observer;

	private @Nullable Long lastWarningNanos;

	DropLog(MembershipObserver observer) {
		this.observer = observer;
	}

	void dropped(DropReason reason, InetSocketAddress from) {
		this.observer.dropped(reason);
		long now = System.nanoTime();
		if (this.lastWarningNanos == null || now - this.lastWarningNanos >= TimeUnit.SECONDS.toNanos(PAUSE_SECONDS)) {
			this.lastWarningNanos = now;
			logger.warn("datagram from={} dropped reason={} (logged at most every {} s)", from, reason, PAUSE_SECONDS);
		}
	}

}

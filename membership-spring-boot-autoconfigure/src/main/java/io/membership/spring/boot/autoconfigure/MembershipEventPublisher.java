package io.membership.spring.boot.autoconfigure;

import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.MembershipObserver;
import io.membership.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.util.Assert;

/**
 * Publishes each {@link MembershipEvent} as an application event, in order and on the
 * dispatcher thread of the node. A listener that throws is logged and counted, and the
 * others are called all the same.
 */
public final class MembershipEventPublisher {

	private static final Logger logger = LoggerFactory.getLogger(MembershipEventPublisher.class);

	private final Membership membership;

	private final ApplicationListeners listeners;

	private final MembershipObserver observer;

	private @Nullable Subscription subscription;

	/**
	 * Creates a publisher.
	 * @param membership the node whose events are published
	 * @param context the context whose listeners receive them, and those of its ancestors
	 * @param observer who counts the listeners that fail
	 */
	public MembershipEventPublisher(Membership membership, ApplicationContext context, MembershipObserver observer) {
		Assert.isInstanceOf(AbstractApplicationContext.class, context);
		this.membership = membership;
		this.observer = observer;
		this.listeners = new ApplicationListeners((AbstractApplicationContext) context, this::listenerFailed);
	}

	private void listenerFailed(Throwable failure) {
		this.observer.listenerFailed();
		logger.error("A listener of membership events failed", failure);
	}

	/**
	 * Publishes events from now on. To be called before the node starts, so that none is
	 * missed.
	 */
	public synchronized void start() {
		if (this.subscription == null) {
			this.subscription = this.membership.subscribe(this.listeners::publish);
		}
	}

	/**
	 * Ends publishing. To be called after the node was closed, so that none is missed.
	 */
	public synchronized void stop() {
		if (this.subscription != null) {
			this.subscription.close();
			this.subscription = null;
		}
	}

}

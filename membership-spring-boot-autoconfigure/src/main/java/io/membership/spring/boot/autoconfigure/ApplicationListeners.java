package io.membership.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.util.ErrorHandler;

/**
 * Publishes to the listeners of a context and of its ancestors, as
 * {@link AbstractApplicationContext#publishEvent(Object)} does, except that a listener
 * that fails does not keep the event from the others. Not thread-safe.
 */
final class ApplicationListeners {

	private final AbstractApplicationContext context;

	private final @Nullable ApplicationListeners parent;

	private final ErrorHandler errorHandler;

	private List<ApplicationListener<?>> known = List.of();

	// The context's own multicaster stops at the first exception. Giving it an error
	// handler would change how every event of the application is handled, so the same
	// listeners get a second multicaster, which is renewed when they change.
	private @Nullable ApplicationEventMulticaster multicaster;

	ApplicationListeners(AbstractApplicationContext context, ErrorHandler errorHandler) {
		this.context = context;
		this.errorHandler = errorHandler;
		this.parent = (context.getParent() instanceof AbstractApplicationContext ancestor)
				? new ApplicationListeners(ancestor, errorHandler) : null;
	}

	void publish(Object event) {
		multicaster().multicastEvent(new PayloadApplicationEvent<>(this.context, event));
		if (this.parent != null) {
			this.parent.publish(event);
		}
	}

	private ApplicationEventMulticaster multicaster() {
		List<ApplicationListener<?>> current = current();
		ApplicationEventMulticaster result = this.multicaster;
		if (result == null || !current.equals(this.known)) {
			result = createMulticaster(current);
			this.multicaster = result;
			this.known = current;
		}
		return result;
	}

	private ApplicationEventMulticaster createMulticaster(List<ApplicationListener<?>> listeners) {
		SimpleApplicationEventMulticaster created = new SimpleApplicationEventMulticaster(
				this.context.getBeanFactory());
		created.setErrorHandler(this.errorHandler);
		listeners.forEach(created::addApplicationListener);
		// Those that are created when they are first needed: lazy ones and prototypes
		for (String name : this.context.getBeanNamesForType(ApplicationListener.class, true, false)) {
			created.addApplicationListenerBean(name);
		}
		return created;
	}

	/**
	 * Returns a copy of the context's listeners. The context keeps them in a set without
	 * a lock to share, and other threads may add to it at any time.
	 */
	private List<ApplicationListener<?>> current() {
		while (true) {
			try {
				List<ApplicationListener<?>> copy = new ArrayList<>();
				for (ApplicationListener<?> listener : this.context.getApplicationListeners()) {
					copy.add(listener);
				}
				return copy;
			}
			catch (ConcurrentModificationException ex) {
				Thread.onSpinWait();
			}
		}
	}

}

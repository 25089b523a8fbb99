package io.membership.spring.boot.autoconfigure.discovery;

import java.util.Set;

/**
 * Is told after services changed, on the thread that made the change.
 */
@FunctionalInterface
interface ServiceChangeListener {

	/**
	 * Services have got other instances, or instances say other things of themselves.
	 * @param services the ids of these services
	 * @param version how many changes there were so far
	 */
	void servicesChanged(Set<String> services, long version);

}

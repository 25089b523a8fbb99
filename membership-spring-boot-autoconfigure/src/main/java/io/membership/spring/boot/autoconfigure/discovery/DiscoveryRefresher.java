package io.membership.spring.boot.autoconfigure.discovery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;

/**
 * Describes this application anew when properties change. If they make no sense, it goes
 * on as it is described.
 */
final class DiscoveryRefresher implements ApplicationListener<EnvironmentChangeEvent>, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(DiscoveryRefresher.class);

	private final MembershipServiceRegistry registry;

	DiscoveryRefresher(MembershipServiceRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onApplicationEvent(EnvironmentChangeEvent event) {
		try {
			this.registry.refresh();
		}
		catch (BindException ex) {
			logger.error("The description of the service stays as it is: Property {} has an invalid value: {}",
					ex.getName(), NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
		catch (InvalidConfigurationPropertyValueException ex) {
			logger.error("The description of the service stays as it is: Property {} has an invalid value: {}",
					ex.getName(), ex.getReason());
		}
		catch (RuntimeException ex) {
			logger.error("The description of the service stays as it is: {}", ex.getMessage());
		}
	}

	/** After the node itself, whose datagrams may have to become larger first. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 1;
	}

}

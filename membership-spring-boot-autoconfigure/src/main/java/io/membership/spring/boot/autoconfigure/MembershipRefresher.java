package io.membership.spring.boot.autoconfigure;

import java.util.Map;

import io.membership.Membership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Changes a running node as its properties change. If one of them makes no sense, all of
 * the node stays as it is.
 * <p>
 * What the event names is of no use: a property may also change because another one does,
 * to which it refers. All of them are read, and compared with what was read before.
 */
final class MembershipRefresher implements ApplicationListener<EnvironmentChangeEvent>, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(MembershipRefresher.class);

	private static final ConfigurationPropertyName SECRET = ConfigurationPropertyName
		.of(MembershipProperties.PREFIX + ".encryption");

	private final Membership membership;

	private final Environment environment;

	private final OptionsFactory optionsFactory;

	private final RestartProperties restartProperties;

	private LiveSettings applied;

	MembershipRefresher(Membership membership, MembershipProperties properties, Environment environment,
			OptionsFactory optionsFactory) {
		this.membership = membership;
		this.environment = environment;
		this.optionsFactory = optionsFactory;
		this.restartProperties = new RestartProperties(environment);
		this.applied = LiveSettings.of(properties, optionsFactory);
	}

	@Override
	public synchronized void onApplicationEvent(EnvironmentChangeEvent event) {
		try {
			LiveSettings now = read();
			new SettingsChange(this.membership, this.applied, now).apply();
			this.applied = now;
			this.restartProperties.warnOfChanges();
		}
		catch (BindException ex) {
			logger.error("The node stays as it is: Property {} has an invalid value{}", ex.getName(), reason(ex));
		}
		catch (InvalidMembershipPropertyException ex) {
			logger.error("The node stays as it is: {}", ex.getMessage());
		}
		catch (RuntimeException ex) {
			logger.error("The properties of the node could not be applied", ex);
		}
	}

	private LiveSettings read() {
		MembershipProperties properties = bind();
		settle(properties.getPayload(), bind().getPayload());
		return LiveSettings.of(properties, this.optionsFactory);
	}

	private MembershipProperties bind() {
		return Binder.get(this.environment).bindOrCreate(MembershipProperties.PREFIX, MembershipProperties.class);
	}

	/** What is read differently each time is random; it was drawn at the start. */
	private void settle(Map<String, String> payload, Map<String, String> again) {
		payload.replaceAll(
				(key, value) -> value.equals(again.get(key)) ? value : this.applied.payload().getOrDefault(key, value));
	}

	/** Returns why, unless that might quote a key. */
	private static String reason(BindException ex) {
		return SECRET.isAncestorOf(ex.getName()) ? ""
				: ": " + NestedExceptionUtils.getMostSpecificCause(ex).getMessage();
	}

	/**
	 * Before properties are bound anew by others, of which one that cannot be bound ends
	 * the event.
	 */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}

package io.membership.spring.boot.autoconfigure;

import io.membership.Encryption;
import io.membership.Membership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Changes the keys and ciphers of a running node when the properties change. If they make
 * no sense, the node goes on with those that it has.
 */
final class EncryptionRefresher implements ApplicationListener<EnvironmentChangeEvent> {

	private static final Logger logger = LoggerFactory.getLogger(EncryptionRefresher.class);

	private static final String PREFIX = MembershipProperties.PREFIX + ".encryption";

	private final Membership membership;

	private final Environment environment;

	EncryptionRefresher(Membership membership, Environment environment) {
		this.membership = membership;
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(EnvironmentChangeEvent event) {
		if (event.getKeys().stream().noneMatch(EncryptionKeySanitizingFunction::isAboutEncryption)) {
			return;
		}
		MembershipEncryptionProperties properties = Binder.get(this.environment)
			.bindOrCreate(PREFIX, MembershipEncryptionProperties.class);
		try {
			Encryption encryption = EncryptionFactory.create(properties);
			this.membership.setEncryption(encryption);
			logger.info("Encryption changed: {}", encryption);
		}
		catch (InvalidMembershipPropertyException | IllegalArgumentException ex) {
			logger.error("Encryption stays as it is: {}", ex.getMessage());
		}
	}

}

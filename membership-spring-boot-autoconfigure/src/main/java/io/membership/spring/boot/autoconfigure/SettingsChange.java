package io.membership.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.membership.InvalidOptionException;
import io.membership.InvalidPayloadException;
import io.membership.Member;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One change of the settings of a node: only what differs between the old and the new
 * ones is touched, so that whatever the application changed by itself stays.
 */
final class SettingsChange {

	private static final Logger logger = LoggerFactory.getLogger(SettingsChange.class);

	private final Membership membership;

	private final LiveSettings before;

	private final LiveSettings now;

	private final Map<String, @Nullable Object> payload = new LinkedHashMap<>();

	/** Entries that changed in the configuration, but are the application's by now. */
	private final Set<String> kept = new LinkedHashSet<>();

	SettingsChange(Membership membership, LiveSettings before, LiveSettings now) {
		this.membership = membership;
		this.before = before;
		this.now = now;
		Set<String> keys = new LinkedHashSet<>(before.payload().keySet());
		keys.addAll(now.payload().keySet());
		keys.forEach(this::comparePayload);
	}

	private void comparePayload(String key) {
		String old = this.before.payload().get(key);
		String changed = this.now.payload().get(key);
		Object current = this.membership.myself().payload().get(key);
		if (Objects.equals(old, changed) || Objects.equals(current, changed)) {
			return;
		}
		if (Objects.equals(current, old)) {
			this.payload.put(key, changed);
		}
		else {
			this.kept.add(key);
		}
	}

	/**
	 * Applies all of the change or, if the node could not send its payload then, nothing.
	 * @throws InvalidMembershipPropertyException if it could not
	 */
	void apply() {
		List<Runnable> steps = new ArrayList<>();
		if (!this.payload.isEmpty()) {
			steps.add(this::changePayload);
		}
		if (hasOtherOptions()) {
			steps.add(this::changeOptions);
		}
		if (hasOtherEncryption()) {
			steps.add(this::changeEncryption);
		}
		if (!steps.isEmpty()) {
			checkFits();
			applyInSomeOrder(steps);
		}
		if (!this.now.allowedMembers().equals(this.before.allowedMembers())) {
			this.membership.setAllowedMembers(this.now.allowedMembers());
			logger.info("Allowed members changed: {}", this.now.allowedMembers());
		}
		if (!this.now.allowedNetworks().equals(this.before.allowedNetworks())) {
			this.membership.setAllowedNetworks(this.now.allowedNetworks());
			logger.info("Allowed networks changed: {}", this.now.allowedNetworks());
		}
		if (!this.kept.isEmpty()) {
			logger.info("Entries of the payload stay as the application set them: {}", this.kept);
		}
	}

	private boolean hasOtherOptions() {
		return !this.now.options().equals(this.before.options());
	}

	private boolean hasOtherEncryption() {
		return !this.now.encryption().equals(this.before.encryption());
	}

	/** Describes the changed node to the engine, which refuses what cannot be sent. */
	private void checkFits() {
		Member self = this.membership.myself();
		MembershipBuilder builder = Membership.builder().advertise(self.uri().host(), self.uri().port());
		builder.options(hasOtherOptions() ? this.now.options() : this.membership.options());
		builder.encryption(hasOtherEncryption() ? this.now.encryption() : this.membership.encryption());
		self.payload().forEach(builder::payload);
		this.payload.forEach(builder::payload);
		try {
			builder.build();
		}
		catch (InvalidPayloadException ex) {
			throw MembershipFactory.invalidPayload(ex);
		}
	}

	/**
	 * Each step has to leave a payload that fits a datagram. There is an order in which
	 * they do, since the result fits: what makes room comes first.
	 */
	private static void applyInSomeOrder(List<Runnable> steps) {
		while (!steps.isEmpty()) {
			IllegalArgumentException failure = applyNext(steps.iterator());
			if (failure != null) {
				throw failure;
			}
		}
	}

	/** Applies the first step that can be, and returns why none can. */
	private static @Nullable IllegalArgumentException applyNext(Iterator<Runnable> steps) {
		IllegalArgumentException failure = null;
		while (steps.hasNext()) {
			try {
				steps.next().run();
				steps.remove();
				return null;
			}
			catch (InvalidPayloadException | InvalidOptionException ex) {
				failure = ex;
			}
		}
		return failure;
	}

	private void changePayload() {
		this.membership.setPayload(this.payload);
		logger.info("Entries of the payload changed: {}", this.payload.keySet());
	}

	private void changeOptions() {
		this.membership.updateOptions((options) -> this.now.options().toBuilder());
		logger.info("Options changed: {}", this.now.options());
	}

	private void changeEncryption() {
		this.membership.setEncryption(this.now.encryption());
		logger.info("Encryption changed: {}", this.now.encryption());
	}

}

package io.membership.spring.boot.autoconfigure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.membership.CidrBlock;
import io.membership.Encryption;
import io.membership.MemberUri;
import io.membership.MembershipOptions;

/**
 * What properties say of a node that can be changed while it runs. Immutable.
 *
 * @param options the options of the protocol
 * @param encryption the keys and ciphers
 * @param allowedMembers the members to which the view is restricted, or none
 * @param allowedNetworks the networks from which datagrams are read, or none
 * @param payload what the node says about itself, as far as properties tell
 */
record LiveSettings(MembershipOptions options, Encryption encryption, List<MemberUri> allowedMembers,
		List<CidrBlock> allowedNetworks, Map<String, String> payload) {

	LiveSettings {
		payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
	}

	/**
	 * Reads properties.
	 * @param properties the properties
	 * @param optionsFactory makes the options
	 * @return the settings
	 * @throws InvalidMembershipPropertyException if one of them makes no sense
	 */
	static LiveSettings of(MembershipProperties properties, OptionsFactory optionsFactory) {
		return new LiveSettings(optionsFactory.create(properties), EncryptionFactory.create(properties.getEncryption()),
				MemberUriProperties.parse("membership.allowed-members", properties.getAllowedMembers()),
				CidrBlockProperties.parse("membership.allowed-networks", properties.getAllowedNetworks()),
				properties.getPayload());
	}

}

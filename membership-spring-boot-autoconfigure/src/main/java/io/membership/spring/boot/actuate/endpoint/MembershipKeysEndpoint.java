package io.membership.spring.boot.actuate.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.Membership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} to change the keys of a mesh while it runs. Keys go in, and
 * never come out: they are shown by their fingerprints. Not accessible unless allowed.
 */
@Endpoint(id = "membershipkeys", defaultAccess = Access.NONE)
public class MembershipKeysEndpoint {

	private static final Logger logger = LoggerFactory.getLogger(MembershipKeysEndpoint.class);

	private final Membership membership;

	/**
	 * Creates an endpoint.
	 * @param membership the node
	 */
	public MembershipKeysEndpoint(Membership membership) {
		this.membership = membership;
	}

	/**
	 * Describes the keys of this node, and those that others say they have.
	 * @return the keys by their fingerprints
	 */
	@ReadOperation
	public KeysDescriptor keys() {
		Encryption encryption = this.membership.encryption();
		List<String> ring = encryption.keys().stream().map(EncryptionKey::fingerprint).toList();
		Map<String, List<String>> members = new LinkedHashMap<>();
		this.membership.keyFingerprints().forEach((uri, keys) -> members.put(uri.toString(), keys));
		return new KeysDescriptor(encryption.cipher().toString(),
				encryption.accepted().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new)),
				ring, members);
	}

	/**
	 * Installs a key, so that this node can decrypt with it (step 1 of a rotation).
	 * @param key a pass phrase, or {@code base64:} and 32 bytes in Base64
	 * @return the keys afterwards
	 */
	@WriteOperation
	public KeysDescriptor install(String key) {
		return change((encryption) -> encryption.install(EncryptionKey.of(key)));
	}

	/**
	 * Encrypts with a key that is installed (step 2 of a rotation).
	 * @param fingerprint the key's fingerprint
	 * @param action {@code use}
	 * @return the keys afterwards
	 */
	@WriteOperation
	public KeysDescriptor use(@Selector String fingerprint, String action) {
		if (!action.equals("use")) {
			throw new InvalidEndpointRequestException("There is no action '" + action + "'", "Use the action use");
		}
		return change((encryption) -> encryption.use(fingerprint));
	}

	/**
	 * Removes a key that does not encrypt any more (step 3 of a rotation).
	 * @param fingerprint the key's fingerprint
	 * @return the keys afterwards
	 */
	@DeleteOperation
	public KeysDescriptor remove(@Selector String fingerprint) {
		return change((encryption) -> encryption.remove(fingerprint));
	}

	private synchronized KeysDescriptor change(UnaryOperator<Encryption> change) {
		try {
			this.membership.setEncryption(change.apply(this.membership.encryption()));
		}
		catch (IllegalArgumentException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(reason, reason);
		}
		KeysDescriptor changed = keys();
		logger.info("Keys changed, the first one encrypts: {}", changed.keys());
		return changed;
	}

	/**
	 * The keys of this node, and those that others say they have.
	 *
	 * @param cipher the cipher of what this node sends
	 * @param accepted the ciphers of which datagrams are accepted
	 * @param keys the fingerprints of this node's keys, the one that encrypts first
	 * @param members the same for each member that tells
	 */
	public record KeysDescriptor(String cipher, Set<String> accepted, List<String> keys,
			Map<String, List<String>> members) implements OperationResponseBody {

	}

}

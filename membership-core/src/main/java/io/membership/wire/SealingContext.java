package io.membership.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.membership.MemberUri;
import io.membership.MembershipBuilder;

/**
 * What authenticated datagrams say and check besides the key.
 *
 * @param clusterName the name of the mesh
 * @param self this node's URI at the moment
 * @param random where the salt comes from, which nobody else may have: a
 * {@link java.security.SecureRandom}, except in a simulation
 * @param senders the processes that this node heard of, for all codecs of a node
 */
public record SealingContext(String clusterName, Supplier<MemberUri> self, RandomGenerator random, Senders senders) {

	/**
	 * Returns what tells meshes of different names apart.
	 * @return the first 4 bytes of the SHA-256 of the name as a number, or 0 for
	 * {@value MembershipBuilder#DEFAULT_CLUSTER_NAME}
	 */
	public long cluster() {
		if (this.clusterName.equals(MembershipBuilder.DEFAULT_CLUSTER_NAME)) {
			return 0;
		}
		try {
			byte[] name = this.clusterName.getBytes(StandardCharsets.UTF_8);
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
			return Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}

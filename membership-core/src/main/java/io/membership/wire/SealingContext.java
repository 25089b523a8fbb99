package io.membership.wire;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.membership.MemberUri;

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

}

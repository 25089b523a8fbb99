package io.membership.measure;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;

import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import io.membership.MembershipCipher;
import io.membership.process.Lines;
import io.membership.process.Sighting;
import io.membership.wire.DatagramCodec;
import io.membership.wire.SealingContext;
import io.membership.wire.Senders;

/**
 * The main class of a process with one node that writes down what it sees of members that
 * exist, and on demand how it is doing.
 */
final class FloodedNodeProcess {

	/** Asks how the node is doing. */
	static final String REPORT = "report";

	/** Collects garbage, and asks. */
	static final String COLLECT = "collect";

	/** Removes all members that were made up. */
	static final String REMOVE = "remove";

	private static final EncryptionKey KEY = EncryptionKey.of("flood");

	private FloodedNodeProcess() {
	}

	/**
	 * Runs a node.
	 * @param arguments what kind of node, the port, and maybe a seed
	 */
	public static void main(String[] arguments) throws IOException {
		Kind kind = Kind.parse(arguments[0]);
		Condition condition = new Condition();
		MembershipBuilder builder = NodeProcess.builder(kind.extensions(), Integer.parseInt(arguments[1]))
			.encryption(encryption(kind.cipher()))
			.observer(condition);
		if (arguments.length > 2) {
			builder.seeds(arguments[2]);
		}
		Membership node = builder.build();
		node.updateOptions((options) -> options.maxMembers(kind.maxMembers()).maxDatagramsPerSource(kind.limit()));
		node.subscribe((event) -> {
			if (!LiarProcess.isMadeUp(event.member().uri())) {
				Lines.write(Sighting.of(node.myself().uri(), event));
			}
		});
		node.start();
		Lines.ofStandardInput((command) -> obey(command, node, condition));
	}

	/** Returns how the mesh encrypts, with the key that all processes know. */
	static Encryption encryption(MembershipCipher cipher) {
		return (cipher != MembershipCipher.NONE) ? Encryption.of(cipher, KEY) : Encryption.NONE;
	}

	/** Returns a codec of somebody who is no member, and has the key. */
	static DatagramCodec codec(Encryption encryption, MemberUri self) {
		return DatagramCodec.of(encryption, new SealingContext(MembershipBuilder.DEFAULT_CLUSTER_NAME, () -> self,
				new SecureRandom(), new Senders()));
	}

	@SuppressWarnings("ExplicitGC")
	private static void obey(String command, Membership node, Condition condition) {
		switch (command) {
			case COLLECT -> {
				collectGarbage();
				Lines.write(condition.sample(node));
			}
			case REMOVE -> {
				List<MemberUri> madeUp = node.members().keySet().stream().filter(LiarProcess::isMadeUp).toList();
				madeUp.forEach(node::removeMember);
			}
			default -> Lines.write(condition.sample(node));
		}
	}

	@SuppressWarnings("ExplicitGC")
	private static void collectGarbage() {
		System.gc();
	}

	/**
	 * A kind of node.
	 *
	 * @param extensions whether extensions are on
	 * @param cipher how it encrypts
	 * @param maxMembers how many members it may know
	 * @param limit how many datagrams of one source it reads in a second
	 */
	record Kind(boolean extensions, MembershipCipher cipher, int maxMembers, int limit) {

		static Kind parse(String text) {
			String[] parts = text.split(",", -1);
			return new Kind(Boolean.parseBoolean(parts[0]), MembershipCipher.valueOf(parts[1]),
					Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
		}

		@Override
		public String toString() {
			return this.extensions + "," + this.cipher.name() + "," + this.maxMembers + "," + this.limit;
		}

	}

}

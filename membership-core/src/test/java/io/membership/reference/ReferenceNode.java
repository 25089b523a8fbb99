package io.membership.reference;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.membership.DropReason;
import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipCipher;
import io.membership.MembershipOptions;
import io.membership.ProbeResult;
import io.membership.swim.Message;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Sealing;
import org.jspecify.annotations.Nullable;

import static io.membership.reference.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is a server process in the reference's tests: a node that can be stopped without a
 * word and started afresh on the port that it had.
 */
final class ReferenceNode {

	/** The options of every node in the reference's tests; all others have defaults. */
	static final MembershipOptions TUNED = MembershipOptions.REFERENCE.toBuilder()
		.protocolPeriod(Duration.ofMillis(200))
		.ackTimeout(Duration.ofMillis(100))
		.antiEntropyPeriod(Duration.ofSeconds(2))
		.suspectTimeout(Duration.ofSeconds(2))
		.build();

	private static final Duration PATIENT = Duration.ofMillis(500);

	/** MessagePack's {@code fixarray} of four elements. */
	private static final byte ARRAY_OF_FOUR = (byte) 0x94;

	private final String host;

	private final @Nullable String bindAddress;

	private final SizeTrap trap = new SizeTrap(TUNED.maxPacketSize());

	private Membership membership;

	private int unansweredProbes;

	/** Holds the port while the node is stopped. */
	private @Nullable SilentPort parked;

	ReferenceNode(String host, @Nullable String bindAddress) {
		this.host = host;
		this.bindAddress = bindAddress;
		this.membership = start(0, TUNED);
	}

	private Membership start(int port, MembershipOptions options) {
		return Membership.builder()
			.advertise(this.host, port)
			.bindAddress(this.bindAddress)
			.options(options)
			.observer(this.trap)
			.start();
	}

	/** Encrypts as the reference does. */
	void encrypt(String key) {
		this.membership.setEncryption(Encryption.of(MembershipCipher.AES_256_CBC, EncryptionKey.of(key)));
	}

	/**
	 * Whether what this node sends under a key looks like a message without the key: all
	 * its datagrams begin with the same cipher text, because they begin with its URI, and
	 * for about one of 256 ports that is by chance the header of an array of four. Who
	 * reads that, here as in the reference, takes it for a message without sense, not for
	 * one that cannot be decrypted.
	 */
	boolean passesForPlain(String key) {
		DatagramCodec codec = new DatagramCodec(Sealing.aes256Cbc(EncryptionKey.of(key)));
		return codec.encode(new Message.Leave(uri(), List.of()))[0] == ARRAY_OF_FOUR;
	}

	/** Stops without a word, as if the process were killed. */
	void stop() {
		int port = port();
		this.membership.crash();
		if (this.parked == null) {
			this.parked = new SilentPort(port);
		}
	}

	/** Starts like a new process, which remembers nothing but its port. */
	void startAgain(MembershipOptions options) {
		int port = port();
		release();
		this.membership = start(port, options);
	}

	/** Stops for good. */
	void dispose() {
		this.membership.crash();
		release();
	}

	private void release() {
		if (this.parked != null) {
			this.parked.close();
			this.parked = null;
		}
	}

	/**
	 * Waits for answers for longer. Two nodes have no helpers, so an answer that a busy
	 * machine delays for longer than the ack timeout is a suspicion at once, where
	 * nothing is supposed to happen.
	 */
	void bePatient() {
		this.membership.updateOptions((options) -> options.protocolPeriod(PATIENT).ackTimeout(PATIENT));
	}

	Membership membership() {
		return this.membership;
	}

	MemberUri uri() {
		return this.membership.myself().uri();
	}

	int port() {
		return uri().port();
	}

	SizeTrap trap() {
		return this.trap;
	}

	int dropped(DropReason reason) {
		return this.trap.count(reason);
	}

	/** Returns a member's status, or {@code null} if it is unknown. */
	@Nullable MemberStatus statusOf(MemberUri uri) {
		return this.membership.member(uri).map(Member::status).orElse(null);
	}

	/** Asserts a member's status at this moment. */
	void sees(MemberUri uri, @Nullable MemberStatus status) {
		assertThat(statusOf(uri)).as(() -> "status of " + uri + " in " + describe()).isEqualTo(status);
	}

	void sees(ReferenceNode other, @Nullable MemberStatus status) {
		sees(other.uri(), status);
	}

	/** Asserts that a member's status will be a certain one. */
	void eventuallySees(MemberUri uri, MemberStatus status) {
		eventually(() -> sees(uri, status));
	}

	void eventuallySees(ReferenceNode other, MemberStatus status) {
		eventuallySees(other.uri(), status);
	}

	/** Returns a member's payload, or {@code null} if it is unknown. */
	@Nullable Map<String, Object> payloadOf(MemberUri uri) {
		return this.membership.member(uri).map(Member::payload).orElse(null);
	}

	/** Probes a URI and waits for the result. */
	ProbeResult probe(MemberUri uri) {
		return this.membership.probeUri(uri).orTimeout(1, TimeUnit.MINUTES).join();
	}

	/**
	 * Asserts that somebody answers a probe. A probe may be repeated: on a busy machine
	 * two threads that have to run one after the other do not always get to it within the
	 * ack timeout, the less so before they are compiled.
	 */
	void reaches(MemberUri uri) {
		eventually(() -> {
			ProbeResult result = probe(uri);
			if (!(result instanceof ProbeResult.Alive)) {
				this.unansweredProbes++;
			}
			assertThat(result).as(() -> "probe of " + uri + " by " + describe()).isInstanceOf(ProbeResult.Alive.class);
		});
	}

	/** Returns how many probes had to be repeated. */
	int unansweredProbes() {
		return this.unansweredProbes;
	}

	void reaches(ReferenceNode other) {
		reaches(other.uri());
	}

	private String describe() {
		return uri() + " " + this.membership.members().values();
	}

}

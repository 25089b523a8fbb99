package io.membership.swim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.membership.EncryptionKey;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipOptions;
import io.membership.wire.Sealing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.EMPTY;
import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.payload;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What a node says about itself.
 */
class SelfDescriptionTests {

	private static final MemberUri ME = uri(1);

	private final List<Message> sent = new ArrayList<>();

	private final VirtualEnvironment environment = new VirtualEnvironment(new VirtualTime(), new SplittableRandom(3),
			this::post);

	private MembershipOptions options = MembershipOptions.REFERENCE;

	private final MemberTable table = new MemberTable(this.environment, ME);

	private final Dissemination dissemination = new Dissemination(() -> MembershipOptions.REFERENCE, this.table);

	private final SelfDescription self = new SelfDescription(this.environment, () -> this.options, this.table,
			new Gossip(this.table, this.dissemination,
					new LocalHealth(this.environment, () -> MembershipOptions.REFERENCE),
					new Peers(this.environment, () -> MembershipOptions.REFERENCE, this.table),
					new Identity(this.environment, () -> MembershipOptions.REFERENCE, this.table),
					new DuplicateUri(this.environment, () -> MembershipOptions.REFERENCE, this.table, 1)));

	private SendResult post(MemberUri to, Message message, byte[] datagram) {
		this.sent.add(message);
		return SendResult.SENT;
	}

	@BeforeEach
	void appear() {
		this.self.appear(ME, 1, EMPTY);
	}

	@Test
	void appearingIsARumor() {
		assertThat(this.dissemination.about(ME).rumor()).isEqualTo(new Rumor(ME, MemberStatus.ALIVE, 1, EMPTY, 2));
	}

	@Test
	void aChangeRaisesTheIncarnation() {
		set("k", "v");
		assertThat(this.table.self().incarnation()).isEqualTo(2);
	}

	@Test
	void aChangeIsARumorWithTheWholePayload() {
		set("k", "v");
		set("l", 1);
		assertThat(this.dissemination.about(ME).rumor())
			.isEqualTo(new Rumor(ME, MemberStatus.ALIVE, 3, payload("k", "v").with("l", 1), 2));
	}

	@Test
	void aValueThatIsThereAlreadyChangesNothing() {
		set("k", List.of(1, 2));
		set("k", List.of(1, 2));
		assertThat(this.table.self().incarnation()).isEqualTo(2);
	}

	@Test
	void nullRemoves() {
		set("k", "v");
		set("k", null);
		assertThat(this.self.payload()).isEqualTo(EMPTY);
	}

	@Test
	void removingWhatIsNotThereChangesNothing() {
		set("k", null);
		assertThat(this.table.self().incarnation()).isEqualTo(1);
	}

	@Test
	void aSuspectDescribesItselfAsASuspect() {
		this.table.adopt(rumor(ME, MemberStatus.SUSPECT, 1), EVIDENCE);
		set("k", "v");
		assertThat(this.table.self().status()).isEqualTo(MemberStatus.SUSPECT);
	}

	@Test
	void theLargestPayloadThatIsAcceptedFitsAnAckToAMemberWithALongUri() {
		MemberUri longest = MemberUri.of("a-host-with-a-long-name-9.example.org", 65535);
		this.table.adopt(rumor(longest, MemberStatus.NON_DECRYPTABLE, Rumor.MAX_INCARNATION), EVIDENCE);
		this.table.adopt(rumor(ME, MemberStatus.ALIVE, Rumor.MAX_INCARNATION - 1), EVIDENCE);
		set("k", "x".repeat(largestAcceptedLength()));
		Messenger messenger = new Messenger(this.environment, () -> this.options, this.table, this.dissemination,
				new Peers(this.environment, () -> this.options, this.table));
		messenger.ack(longest, new ProbeData(longest, ME, Long.MAX_VALUE, Long.MAX_VALUE, Map.of()));
		assertThat(this.sent.get(0).events().get(1).payload()).isEqualTo(this.self.payload());
	}

	@Test
	void theUrisOfOthersDoNotDecideHowMuchFits() {
		int before = largestAcceptedLength();
		this.table.adopt(rumor(MemberUri.of("x".repeat(250), 65535), MemberStatus.ALIVE, 1), EVIDENCE);
		assertThat(largestAcceptedLength()).isEqualTo(before);
	}

	@Test
	void aPayloadThatIsTooLargeIsRefusedWithSizeAndLimit() {
		assertThatIllegalArgumentException().isThrownBy(() -> set("k", "x".repeat(1500)))
			.withMessageMatching("The payload is \\d+ bytes too large: a datagram with it needs 16\\d\\d bytes, and no"
					+ " more than 1472 fit the largest packet size of 1472 bytes");
	}

	@Test
	void encryptionCostsSpace() {
		int plain = largestAcceptedLength();
		this.environment.seal(Sealing.aes256Cbc(EncryptionKey.of("secret")));
		assertThat(largestAcceptedLength()).isEqualTo(plain - 1);
	}

	@Test
	void aRefusedPayloadChangesNothing() {
		set("k", "v");
		assertThatIllegalArgumentException().isThrownBy(() -> set("l", "x".repeat(1500)));
		assertThat(List.of(this.self.payload().toMap(), this.table.self().incarnation()))
			.containsExactly(Map.of("k", "v"), 2L);
	}

	@Test
	void aChangeThatNobodyWouldBelieveIsRefused() {
		this.table.adopt(rumor(ME, MemberStatus.ALIVE, Rumor.MAX_INCARNATION), EVIDENCE);
		assertThatIllegalStateException().isThrownBy(() -> set("k", "v"));
	}

	@Test
	void aValueOfAnUnknownTypeIsRefusedByTheNameOfItsKey() {
		assertThatIllegalArgumentException().isThrownBy(() -> set("k", new Object()))
			.withMessageContaining("payload[k]");
	}

	@Test
	void oneByteLessThanTooLargeIsAccepted() {
		int length = largestAcceptedLength();
		assertThatNoException().isThrownBy(() -> this.self.checkFits(payload("k", "x".repeat(length))));
	}

	private int largestAcceptedLength() {
		int length = 1472;
		while (true) {
			try {
				this.self.checkFits(payload("k", "x".repeat(length)));
				return length;
			}
			catch (IllegalArgumentException ex) {
				length--;
			}
		}
	}

	private void set(String key, @Nullable Object value) {
		this.self.set(Collections.singletonMap(key, value));
	}

}

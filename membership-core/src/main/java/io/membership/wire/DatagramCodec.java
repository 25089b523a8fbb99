package io.membership.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.membership.DropReason;
import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.MemberUri;
import io.membership.MembershipCipher;
import io.membership.swim.Message;
import io.membership.swim.Payload;
import io.membership.swim.Rumor;
import io.membership.swim.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Messages to datagrams and back: the one place where the format on the network is known.
 * A datagram is one MessagePack value, {@code [sender, type, data, events]}, sealed as a
 * whole. Not thread-safe: it belongs to the protocol thread.
 */
public final class DatagramCodec implements WireFormat {

	private static final int CERTAIN = 2;

	private final Sealing sealing;

	private final List<Sealing> accepted;

	private final PackedOutput packed = new PackedOutput();

	private final CountedOutput counted = new CountedOutput();

	private final MessageWriter packing = new MessageWriter(this.packed);

	private final MessageWriter counting = new MessageWriter(this.counted);

	private final UriCache uris = new UriCache();

	/**
	 * Creates a codec.
	 * @param sealing how datagrams are sealed; no other codec may use it
	 */
	public DatagramCodec(Sealing sealing) {
		this(sealing, List.of());
	}

	private DatagramCodec(Sealing sealing, List<Sealing> accepted) {
		this.sealing = sealing;
		this.accepted = accepted;
	}

	/**
	 * Creates the codec of an encryption.
	 * @param encryption what is sent, and what is accepted
	 * @param context what is checked besides the key
	 * @return a codec with a salt of its own
	 */
	public static DatagramCodec of(Encryption encryption, SealingContext context) {
		List<Sealing> sealings = new ArrayList<>();
		addTo(sealings, encryption.cipher(), encryption.keys(), context);
		Sealing sealing = sealings.remove(0);
		encryption.accepted()
			.stream()
			.filter((cipher) -> cipher != encryption.cipher())
			.sorted(Comparator.reverseOrder())
			.forEach((cipher) -> addTo(sealings, cipher, encryption.keys(), context));
		return new DatagramCodec(sealing, sealings);
	}

	private static void addTo(List<Sealing> sealings, MembershipCipher cipher, List<EncryptionKey> keys,
			SealingContext context) {
		switch (cipher) {
			case NONE -> sealings.add(Sealing.none());
			case AES_256_CBC -> keys.forEach((key) -> sealings.add(Sealing.aes256Cbc(key)));
			case AES_256_GCM -> sealings.add(Sealing.aes256Gcm(keys, context));
		}
	}

	/**
	 * Encodes and seals a message for whoever gets it.
	 * @param message the message, with a sender
	 * @return the datagram
	 * @throws IllegalArgumentException if the message has no sender or its type is
	 * unknown
	 */
	public byte[] encode(Message message) {
		return encode(message, null);
	}

	/**
	 * Encodes and seals a message.
	 * @param message the message, with a sender
	 * @param recipient the member that it is for, or {@code null} if that may be known by
	 * another URI
	 * @return the datagram
	 * @throws IllegalArgumentException if the message has no sender or its type is
	 * unknown
	 */
	public byte[] encode(Message message, @Nullable MemberUri recipient) {
		this.packed.clear();
		this.packing.message(message);
		return this.sealing.seal(this.packed.toByteArray(), recipient);
	}

	/**
	 * Opens and decodes a datagram. Whatever the bytes, this returns normally and
	 * allocates no more than a small multiple of them.
	 * @param datagram the datagram, at the beginning of an array that may be longer
	 * @param length the length of the datagram
	 * @return the message, or why it is none
	 */
	public Decoded decode(byte[] datagram, int length) {
		Decoded decoded = read(this.sealing.open(datagram, length));
		for (int i = 0; i < this.accepted.size() && certainty(decoded) < CERTAIN; i++) {
			Decoded otherwise = read(this.accepted.get(i).open(datagram, length));
			decoded = (certainty(otherwise) > certainty(decoded)) ? otherwise : decoded;
		}
		return decoded;
	}

	/**
	 * Returns how certain it is that a datagram was meant to be read so. Cipher text may
	 * look like a message of unknown type without a sender.
	 */
	private static int certainty(Decoded decoded) {
		if (decoded instanceof Decoded.Dropped dropped) {
			return dropped.isUnreadable() ? 0 : CERTAIN;
		}
		Message message = ((Decoded.Understood) decoded).message();
		return (message instanceof Message.Unknown && message.sender() == null) ? 1 : CERTAIN;
	}

	private Decoded read(Opened opened) {
		byte[] plain = opened.plain();
		DropReason reason = opened.reason();
		if (plain == null) {
			return new Decoded.Dropped((reason != null) ? reason : DropReason.UNDECRYPTABLE);
		}
		if (!Structure.isSound(plain)) {
			return new Decoded.Dropped(DropReason.MALFORMED);
		}
		Decoded decoded = new MessageReader(plain, this.uris).read();
		return (reason != null && decoded instanceof Decoded.Understood understood)
				? new Decoded.Dropped(reason, understood.message().sender()) : decoded;
	}

	@Override
	public int sizeOf(Message message) {
		this.counted.clear();
		this.counting.message(message);
		return this.counted.size();
	}

	@Override
	public int sizeOfEvent(Rumor rumor) {
		this.counted.clear();
		this.counting.event(rumor);
		return this.counted.size();
	}

	@Override
	public int sizeOfEntry(Rumor rumor) {
		this.counted.clear();
		this.counting.entry(rumor);
		return this.counted.size();
	}

	@Override
	public int sizeOfArrayHeader(int elements) {
		this.counted.clear();
		this.counted.arrayHeader(elements);
		return this.counted.size();
	}

	@Override
	public int capacity(int maxPacketSize) {
		return this.sealing.capacity(maxPacketSize);
	}

	@Override
	public Payload emptyPayload() {
		return EncodedPayload.EMPTY;
	}

}

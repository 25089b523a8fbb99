package io.membership.wire;

import io.membership.DropReason;
import io.membership.swim.Message;
import io.membership.swim.Payload;
import io.membership.swim.Rumor;
import io.membership.swim.WireFormat;

/**
 * Messages to datagrams and back: the one place where the format on the network is known.
 * A datagram is one MessagePack value, {@code [sender, type, data, events]}, sealed as a
 * whole. Not thread-safe: it belongs to the protocol thread.
 */
public final class DatagramCodec implements WireFormat {

	private final Sealing sealing;

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
		this.sealing = sealing;
	}

	/**
	 * Encodes and seals a message.
	 * @param message the message, with a sender
	 * @return the datagram
	 * @throws IllegalArgumentException if the message has no sender or its type is
	 * unknown
	 */
	public byte[] encode(Message message) {
		this.packed.clear();
		this.packing.message(message);
		return this.sealing.seal(this.packed.toByteArray());
	}

	/**
	 * Opens and decodes a datagram. Whatever the bytes, this returns normally and
	 * allocates no more than a small multiple of them.
	 * @param datagram the datagram, at the beginning of an array that may be longer
	 * @param length the length of the datagram
	 * @return the message, or why it is none
	 */
	public Decoded decode(byte[] datagram, int length) {
		byte[] plain = this.sealing.open(datagram, length);
		if (plain == null) {
			return new Decoded.Dropped(DropReason.UNDECRYPTABLE);
		}
		if (!Structure.isSound(plain)) {
			return new Decoded.Dropped(DropReason.MALFORMED);
		}
		return new MessageReader(plain, this.uris).read();
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

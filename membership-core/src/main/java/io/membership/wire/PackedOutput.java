package io.membership.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.membership.MemberUri;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack.Code;

/**
 * An output that writes to memory.
 */
final class PackedOutput implements Output {

	/** Room for the longest URI there is. */
	private final byte[] uri = new byte[MemberUri.MAX_LENGTH];

	private final MessageBufferPacker packer = MessagePackLibrary.newPacker();

	void clear() {
		this.packer.clear();
	}

	byte[] toByteArray() {
		return this.packer.toByteArray();
	}

	@Override
	public void nil() {
		pack(MessageBufferPacker::packNil);
	}

	@Override
	public void bool(boolean value) {
		pack((packer) -> packer.packBoolean(value));
	}

	@Override
	public void integer(long value) {
		pack((packer) -> packer.packLong(value));
	}

	@Override
	public void uint64(long bits) {
		// The packer has no way to choose a longer format than necessary
		encoded(ByteBuffer.allocate(1 + Long.BYTES).put(Code.UINT64).putLong(bits).array());
	}

	@Override
	public void float32(float value) {
		pack((packer) -> packer.packFloat(value));
	}

	@Override
	public void float64(double value) {
		pack((packer) -> packer.packDouble(value));
	}

	@Override
	public void text(String value) {
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		pack((packer) -> packer.packRawStringHeader(bytes.length).writePayload(bytes));
	}

	@Override
	public void uri(MemberUri value) {
		int length = value.writeTo(this.uri, 0);
		pack((packer) -> packer.packRawStringHeader(length).writePayload(this.uri, 0, length));
	}

	@Override
	public void binary(byte[] value) {
		pack((packer) -> packer.packBinaryHeader(value.length).writePayload(value));
	}

	@Override
	public void extension(byte type, byte[] body) {
		pack((packer) -> packer.packExtensionTypeHeader(type, body.length).writePayload(body));
	}

	@Override
	public void arrayHeader(int elements) {
		pack((packer) -> packer.packArrayHeader(elements));
	}

	@Override
	public void mapHeader(int entries) {
		pack((packer) -> packer.packMapHeader(entries));
	}

	@Override
	public void encoded(byte[] value) {
		pack((packer) -> packer.writePayload(value));
	}

	private void pack(Packing packing) {
		try {
			packing.to(this.packer);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Memory does not fail", ex);
		}
	}

	@FunctionalInterface
	private interface Packing {

		void to(MessageBufferPacker packer) throws IOException;

	}

}

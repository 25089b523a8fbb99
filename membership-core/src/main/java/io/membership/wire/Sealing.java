package io.membership.wire;

import java.util.Arrays;

import io.membership.EncryptionKey;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a whole datagram between its encoding and the network. All members of a
 * mesh must seal alike (reference: {@code set_encryption_key}). Not thread-safe: each
 * {@link DatagramCodec} needs one of its own.
 */
public interface Sealing {

	/**
	 * Prepares an encoded message for the network.
	 * @param plain the encoded message
	 * @return the datagram
	 */
	byte[] seal(byte[] plain);

	/**
	 * Recovers the encoded message from a datagram.
	 * @param datagram the datagram, at the beginning of an array that may be longer
	 * @param length the length of the datagram
	 * @return the encoded message in an array of its own, or {@code null} if the datagram
	 * cannot be opened
	 */
	byte @Nullable [] open(byte[] datagram, int length);

	/**
	 * Returns how much a datagram can hold.
	 * @param maxPacketSize the limit after sealing, in bytes
	 * @return the limit before sealing, in bytes; negative if nothing fits, not even an
	 * empty message
	 */
	int capacity(int maxPacketSize);

	/**
	 * Returns the sealing of a mesh without encryption.
	 * @return a sealing that changes nothing
	 */
	static Sealing none() {
		return new Sealing() {

			@Override
			public byte[] seal(byte[] plain) {
				return plain;
			}

			@Override
			public byte[] open(byte[] datagram, int length) {
				return Arrays.copyOf(datagram, length);
			}

			@Override
			public int capacity(int maxPacketSize) {
				return maxPacketSize;
			}

		};
	}

	/**
	 * Returns the sealing of an encrypted mesh.
	 * @param key the key that all members share
	 * @return a sealing that encrypts with AES-256 as the reference does
	 */
	static Sealing aes256Cbc(EncryptionKey key) {
		return new AesCbcSealing(key);
	}

}

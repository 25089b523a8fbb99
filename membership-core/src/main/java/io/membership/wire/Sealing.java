package io.membership.wire;

import java.util.Arrays;
import java.util.List;

import io.membership.EncryptionKey;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a whole datagram between its encoding and the network. All members of a
 * mesh must be able to open what any of them seals. Not thread-safe: each
 * {@link DatagramCodec} needs one of its own.
 */
public interface Sealing {

	/**
	 * Prepares an encoded message for the network.
	 * @param plain the encoded message
	 * @param recipient the member that it is for, or {@code null} if that may be known by
	 * another URI
	 * @return the datagram
	 */
	byte[] seal(byte[] plain, @Nullable MemberUri recipient);

	/**
	 * Recovers the encoded message from a datagram.
	 * @param datagram the datagram, at the beginning of an array that may be longer
	 * @param length the length of the datagram
	 * @return the encoded message in an array of its own, or why there is none
	 */
	Opened open(byte[] datagram, int length);

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
			public byte[] seal(byte[] plain, @Nullable MemberUri recipient) {
				return plain;
			}

			@Override
			public Opened open(byte[] datagram, int length) {
				return Opened.of(Arrays.copyOf(datagram, length));
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

	/**
	 * Returns the sealing of a mesh that nobody without a key can disturb.
	 * @param keys the first one encrypts, all decrypt; not empty
	 * @param context what is checked besides the key
	 * @return a sealing that encrypts with AES-256 and authenticates
	 */
	static Sealing aes256Gcm(List<EncryptionKey> keys, SealingContext context) {
		return new AesGcmSealing(keys, context);
	}

}

package io.membership.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.membership.DropReason;
import io.membership.EncryptionKey;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * AES-256 in Galois/counter mode (NIST SP 800-38D): a datagram is secret, authentic, for
 * one recipient, of one mesh, and counts once. It begins with
 *
 * <pre>
 *  0  0xC1, which no MessagePack value begins with
 *  1  version 1
 *  2  fingerprint of the key (4)
 *  6  tag of the cluster name (4)
 * 10  tag of the recipient, 0 for whoever gets it (2)
 * 12  salt of the process (10)
 * 22  number of the datagram (6)
 * 28  cipher text and authentication tag (16)
 * </pre>
 *
 * All of the header and the whole URI of the recipient are authenticated. Nonces are
 * numbers, never random: each process encrypts with a key of its own, derived from the
 * shared one and from its salt, and numbers its datagrams. Random nonces under one key
 * that all share would run out after 2<sup>32</sup> datagrams (SP 800-38D §8.3).
 */
final class AesGcmSealing implements Sealing {

	static final int HEADER = 28;

	static final int TAG = 16;

	private static final byte MAGIC = (byte) 0xc1;

	private static final byte VERSION = 1;

	private static final int SALT_AT = 12;

	private static final int SALT = 10;

	private static final int NUMBER_AT = 22;

	private static final int NONCE = 12;

	private static final int ANYBODY = 0;

	private static final byte[] PURPOSE = "membership datagram 1".getBytes(StandardCharsets.US_ASCII);

	/** The master keys by their fingerprints. */
	private final Map<Integer, byte[]> keys = new HashMap<>();

	private final int ownKeyId;

	private final int cluster;

	private final SealingContext context;

	private final byte[] salt = new byte[SALT];

	private final SecretKeySpec ownKey;

	private final Cipher encryption = newCipher();

	private final Cipher decryption = newCipher();

	private long number;

	/**
	 * Creates a sealing with a new salt.
	 * @param keys the first one encrypts, all decrypt; not empty
	 */
	AesGcmSealing(List<EncryptionKey> keys, SealingContext context) {
		keys.forEach((key) -> this.keys.putIfAbsent(id(key), key.toMasterKey()));
		this.ownKeyId = id(keys.get(0));
		this.context = context;
		this.cluster = (int) context.cluster();
		context.random().nextBytes(this.salt);
		this.ownKey = processKey(keys.get(0).toMasterKey(), this.salt);
	}

	private static int id(EncryptionKey key) {
		return Integer.parseUnsignedInt(key.fingerprint(), 16);
	}

	private static SecretKeySpec processKey(byte[] masterKey, byte[] salt) {
		return new SecretKeySpec(Hkdf.derive(masterKey, salt, PURPOSE), "AES");
	}

	@Override
	public byte[] seal(byte[] plain, @Nullable MemberUri recipient) {
		byte[] datagram = new byte[HEADER + plain.length + TAG];
		byte[] name = nameOf(recipient);
		ByteBuffer.wrap(datagram)
			.put(MAGIC)
			.put(VERSION)
			.putInt(this.ownKeyId)
			.putInt(this.cluster)
			.putShort((short) tagOf(name))
			.put(this.salt)
			.putShort((short) (this.number >>> Integer.SIZE))
			.putInt((int) this.number);
		this.number++;
		try {
			start(this.encryption, Cipher.ENCRYPT_MODE, this.ownKey, datagram, name);
			this.encryption.doFinal(plain, 0, plain.length, datagram, HEADER);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("No number is used twice", ex);
		}
		return datagram;
	}

	@Override
	public Opened open(byte[] datagram, int length) {
		ByteBuffer header = ByteBuffer.wrap(datagram);
		if (length < HEADER + TAG || header.get() != MAGIC || header.get() != VERSION) {
			return Opened.dropped(DropReason.UNDECRYPTABLE);
		}
		int keyId = header.getInt();
		byte[] masterKey = this.keys.get(keyId);
		if (masterKey == null) {
			return Opened.dropped(DropReason.UNDECRYPTABLE);
		}
		boolean ours = header.getInt() == this.cluster;
		int recipientTag = Short.toUnsignedInt(header.getShort());
		byte[] name = nameOf((recipientTag != ANYBODY) ? this.context.self().get() : null);
		if (ours && recipientTag != tagOf(name)) {
			return Opened.dropped(DropReason.MISDIRECTED);
		}
		Senders.Id id = new Senders.Id(keyId, header.getLong(), header.getShort());
		long numbered = ((long) Short.toUnsignedInt(header.getShort()) << Integer.SIZE)
				| Integer.toUnsignedLong(header.getInt());
		Senders.Sender known = this.context.senders().find(id);
		Senders.Sender sender = (known != null) ? known : new Senders.Sender(
				processKey(masterKey, Arrays.copyOfRange(datagram, SALT_AT, SALT_AT + SALT)), new ReplayWindow());
		if (!sender.window().isNew(numbered)) {
			return Opened.dropped(DropReason.REPLAYED);
		}
		byte[] plain = decrypt(datagram, length, sender.key(), name);
		if (plain == null) {
			return Opened.dropped(DropReason.UNDECRYPTABLE);
		}
		if (!ours) {
			return Opened.foreign(plain, DropReason.OTHER_CLUSTER);
		}
		sender.window().accept(numbered);
		if (known == null) {
			this.context.senders().add(id, sender);
		}
		return Opened.of(plain);
	}

	private byte @Nullable [] decrypt(byte[] datagram, int length, SecretKeySpec key, byte @Nullable [] name) {
		try {
			start(this.decryption, Cipher.DECRYPT_MODE, key, datagram, name);
			return this.decryption.doFinal(datagram, HEADER, length - HEADER);
		}
		catch (AEADBadTagException ex) {
			return null;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("There is a whole authentication tag", ex);
		}
	}

	@Override
	public int capacity(int maxPacketSize) {
		return maxPacketSize - HEADER - TAG;
	}

	private static void start(Cipher cipher, int mode, SecretKeySpec key, byte[] header, byte @Nullable [] name)
			throws GeneralSecurityException {
		byte[] nonce = new byte[NONCE];
		System.arraycopy(header, NUMBER_AT, nonce, NONCE - (HEADER - NUMBER_AT), HEADER - NUMBER_AT);
		cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
		cipher.updateAAD(header, 0, HEADER);
		if (name != null) {
			cipher.updateAAD(name);
		}
	}

	/** Returns the URI of a recipient as it is written, {@code null} for anybody. */
	private static byte @Nullable [] nameOf(@Nullable MemberUri recipient) {
		if (recipient == null) {
			return null;
		}
		byte[] name = new byte[recipient.length()];
		recipient.writeTo(name, 0);
		return name;
	}

	/**
	 * Returns what tells most recipients apart without a look at the content, made of the
	 * hash that Java has for texts.
	 */
	private static int tagOf(byte @Nullable [] name) {
		if (name == null) {
			return ANYBODY;
		}
		int hash = 0;
		for (byte character : name) {
			hash = 31 * hash + character;
		}
		int tag = (hash ^ (hash >>> Short.SIZE)) & 0xffff;
		return (tag != ANYBODY) ? tag : 1;
	}

	private static Cipher newCipher() {
		try {
			return Cipher.getInstance("AES/GCM/NoPadding");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has this cipher", ex);
		}
	}

}

package io.membership.wire;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.membership.EncryptionKey;
import io.membership.MemberUri;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Encryption of a full datagram, beside the ciphers of the JDK alone. A datagram that is
 * authenticated can be opened once, so it is sealed each time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealingBenchmark {

	private static final int LENGTH = 1400;

	private static final MemberUri RECIPIENT = MemberUri.of("10.0.0.1", 3301);

	@Param({ "cbc", "gcm" })
	String cipher;

	private final byte[] plain = new byte[LENGTH];

	private final SecretKeySpec key = new SecretKeySpec(new byte[EncryptionKey.LENGTH], "AES");

	private final byte[] nonce = new byte[12];

	private long number;

	private Sealing sealing;

	private Cipher encryption;

	private Cipher decryption;

	@Setup
	public void begin() throws GeneralSecurityException {
		EncryptionKey shared = EncryptionKey.ofBytes(new byte[EncryptionKey.LENGTH]);
		SealingContext context = new SealingContext("default", () -> RECIPIENT, new SecureRandom(), new Senders());
		boolean authenticated = this.cipher.equals("gcm");
		this.sealing = authenticated ? Sealing.aes256Gcm(List.of(shared), context) : Sealing.aes256Cbc(shared);
		String transformation = authenticated ? "AES/GCM/NoPadding" : "AES/CBC/PKCS5Padding";
		this.encryption = Cipher.getInstance(transformation);
		this.decryption = Cipher.getInstance(transformation);
	}

	@Benchmark
	public byte[] seal() {
		return this.sealing.seal(this.plain, RECIPIENT);
	}

	@Benchmark
	public Opened sealAndOpen() {
		byte[] datagram = this.sealing.seal(this.plain, RECIPIENT);
		return this.sealing.open(datagram, datagram.length);
	}

	@Benchmark
	public byte[] floorOfSeal() throws GeneralSecurityException {
		AlgorithmParameterSpec parameters = nextParameters();
		this.encryption.init(Cipher.ENCRYPT_MODE, this.key, parameters);
		return this.encryption.doFinal(this.plain);
	}

	@Benchmark
	public byte[] floorOfSealAndOpen() throws GeneralSecurityException {
		AlgorithmParameterSpec parameters = nextParameters();
		this.encryption.init(Cipher.ENCRYPT_MODE, this.key, parameters);
		byte[] secret = this.encryption.doFinal(this.plain);
		this.decryption.init(Cipher.DECRYPT_MODE, this.key, parameters);
		return this.decryption.doFinal(secret);
	}

	private AlgorithmParameterSpec nextParameters() {
		if (this.cipher.equals("cbc")) {
			return new IvParameterSpec(new byte[16]);
		}
		this.number++;
		ByteBuffer.wrap(this.nonce).putLong(this.number);
		return new GCMParameterSpec(128, this.nonce);
	}

}

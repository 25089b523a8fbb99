package io.membership.wire;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HkdfTests {

	private static final HexFormat HEX = HexFormat.of();

	/** The first block of test case 1 of RFC 5869, appendix A. */
	@Test
	void theTestCaseOfTheStandardIsMet() {
		byte[] derived = Hkdf.derive(HEX.parseHex("0b".repeat(22)), HEX.parseHex("000102030405060708090a0b0c"),
				HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"));
		assertThat(HEX.formatHex(derived))
			.isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
	}

	@Test
	void anotherSaltGivesAnotherKey() {
		byte[] secret = new byte[32];
		assertThat(Hkdf.derive(secret, new byte[] { 1 }, new byte[0]))
			.isNotEqualTo(Hkdf.derive(secret, new byte[] { 2 }, new byte[0]));
	}

}

package io.membership.spring.boot.autoconfigure.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.io.ClassPathResource;

/**
 * One file of the page.
 */
final class DashboardAsset {

	private final byte[] content;

	private final String type;

	private final String etag;

	private DashboardAsset(byte[] content, String type, String etag) {
		this.content = content;
		this.type = type;
		this.etag = etag;
	}

	static DashboardAsset load(String name, String type) {
		try {
			byte[] content = new ClassPathResource(name, DashboardAsset.class).getContentAsByteArray();
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
			return new DashboardAsset(content, type, '"' + HexFormat.of().formatHex(digest, 0, 8) + '"');
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns its bytes, not to be changed. */
	byte[] content() {
		return this.content;
	}

	/** Returns its media type. */
	String type() {
		return this.type;
	}

	/** Returns what changes when it does, in quotes. */
	String etag() {
		return this.etag;
	}

	/** The files, for native images. */
	static final class Hints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			for (String type : new String[] { "html", "css", "js" }) {
				hints.resources().registerResource(new ClassPathResource("dashboard." + type, DashboardAsset.class));
			}
		}

	}

}

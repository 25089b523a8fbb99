package io.membership.spring.boot.autoconfigure.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.springframework.core.io.ClassPathResource;

/**
 * One file of the page.
 *
 * @param content its bytes
 * @param type its media type
 * @param etag what changes when it does, with quotes
 */
record DashboardAsset(byte[] content, String type, String etag) {

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

}

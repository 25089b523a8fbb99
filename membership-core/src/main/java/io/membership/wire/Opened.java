package io.membership.wire;

import io.membership.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * What a sealing makes of a datagram.
 */
public final class Opened {

	private final byte @Nullable [] plain;

	private final @Nullable DropReason reason;

	private Opened(byte @Nullable [] plain, @Nullable DropReason reason) {
		this.plain = plain;
		this.reason = reason;
	}

	static Opened of(byte[] plain) {
		return new Opened(plain, null);
	}

	static Opened dropped(DropReason reason) {
		return new Opened(null, reason);
	}

	/** Returns what can be read, to tell whose it is, but does not count. */
	static Opened foreign(byte[] plain, DropReason reason) {
		return new Opened(plain, reason);
	}

	/** Returns the encoded message, or {@code null} if it could not be recovered. */
	byte @Nullable [] plain() {
		return this.plain;
	}

	/** Returns why the message does not count, or {@code null} if it does. */
	@Nullable DropReason reason() {
		return this.reason;
	}

}

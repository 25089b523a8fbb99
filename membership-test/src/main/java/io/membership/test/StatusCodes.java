package io.membership.test;

import io.membership.MemberStatus;
import org.jspecify.annotations.Nullable;

/**
 * Statuses as single bytes: the codes of the wire, and 0 for an unknown member.
 */
final class StatusCodes {

	private static final @Nullable MemberStatus[] STATUSES = new MemberStatus[Byte.MAX_VALUE];

	static {
		for (MemberStatus status : MemberStatus.values()) {
			STATUSES[status.code()] = status;
		}
	}

	private StatusCodes() {
	}

	static byte of(@Nullable MemberStatus status) {
		return (status != null) ? (byte) status.code() : 0;
	}

	static @Nullable MemberStatus status(byte code) {
		return STATUSES[code];
	}

}

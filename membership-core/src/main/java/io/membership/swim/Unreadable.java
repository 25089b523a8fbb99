package io.membership.swim;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * When something came from members that could not be read. Kept only of those with which
 * that happens, because they have another key: none in nearly all meshes.
 */
final class Unreadable {

	private final Map<MemberUri, Long> lastNanos = new HashMap<>();

	/** Notes that what a member says cannot be read. */
	void heardFrom(MemberUri member, long nowNanos) {
		this.lastNanos.put(member, nowNanos);
	}

	void forget(MemberUri member) {
		this.lastNanos.remove(member);
	}

	/** Whether something came from a member within a time that could not be read. */
	boolean isHeard(MemberUri member, long nowNanos, Duration within) {
		@Nullable Long last = this.lastNanos.get(member);
		return last != null && nowNanos - last <= within.toNanos();
	}

}

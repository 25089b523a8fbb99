package io.membership.swim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.membership.MemberUri;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

/**
 * Asks those of whom somebody says that they are alive although they have a tombstone
 * here. If that is so, they hear that they are taken for dead, and refute. Otherwise the
 * halves of a mesh that forgot each other would have to wait until each member happens to
 * talk to one of the other half.
 * <p>
 * One in each period, at random: when halves meet, all are asked about at once, and for
 * each it takes only one of many.
 */
final class Inquiry {

	/** Whoever must wait longer for a question will be told of again. */
	static final int MOST_WAITING = 64;

	private final Environment environment;

	private final Supplier<MembershipOptions> options;

	private final Tombstones tombstones;

	private final Consumer<MemberUri> greet;

	private final List<MemberUri> waiting = new ArrayList<>();

	private @Nullable Cancellable next;

	/**
	 * Creates an inquiry about nobody yet.
	 * @param greet pings one URI
	 */
	Inquiry(Environment environment, Supplier<MembershipOptions> options, Tombstones tombstones,
			Consumer<MemberUri> greet) {
		this.environment = environment;
		this.options = options;
		this.tombstones = tombstones;
		this.greet = greet;
	}

	/** Takes in that somebody who has a tombstone may be alive. */
	void doubt(MemberUri uri) {
		if (this.waiting.size() == MOST_WAITING || this.waiting.contains(uri)) {
			return;
		}
		this.waiting.add(uri);
		if (this.next == null) {
			this.next = this.environment.schedule(this.options.get().ackTimeout(), this::askOne);
		}
	}

	private void askOne() {
		this.next = null;
		this.waiting.removeIf((uri) -> this.tombstones.of(uri) == null);
		if (!this.waiting.isEmpty()) {
			try {
				this.greet.accept(this.waiting.remove(this.environment.random().nextInt(this.waiting.size())));
			}
			finally {
				this.next = this.environment.schedule(this.options.get().protocolPeriod(), this::askOne);
			}
		}
	}

	void stop() {
		this.waiting.clear();
		if (this.next != null) {
			this.next.cancel();
			this.next = null;
		}
	}

}

package io.membership.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which one of the addresses of a name is in use. It is in use until there are doubts
 * about it; then it is the next one's turn. The one that answered last has a trial before
 * it is left, and every second turn afterwards: a lost datagram must not lead a node away
 * from where another one is, because all that it sends in the meantime is lost as well.
 * To be used on one thread.
 */
final class AddressChoice {

	/** How long an address is in use before doubts about it count. */
	static final Duration TRIAL = Duration.ofSeconds(1);

	private List<InetSocketAddress> addresses = List.of();

	private @Nullable InetSocketAddress current;

	/** The one that answered last. */
	private @Nullable InetSocketAddress proven;

	/** The last one of the others whose turn it was. */
	private @Nullable InetSocketAddress tried;

	private boolean trusted;

	private long trialNanos;

	/** Returns the address in use, or {@code null} as long as none is known. */
	@Nullable InetSocketAddress current() {
		return this.current;
	}

	/**
	 * Takes in what addresses the name has. The one in use stays in use if it is among
	 * them.
	 * @param found the addresses, at least one
	 */
	void found(List<InetSocketAddress> found, long nowNanos) {
		this.addresses = found;
		if (this.current == null || !found.contains(this.current)) {
			useNext(nowNanos);
		}
	}

	/**
	 * Takes in that whoever is at the address in use answered.
	 * @param askedNanos when it was asked: if that was before the address was in use,
	 * another one answered
	 */
	void answered(long askedNanos) {
		if (this.current != null && askedNanos - this.trialNanos >= 0) {
			this.proven = this.current;
			this.trusted = true;
		}
	}

	/** Takes in that nobody seems to be at the address in use. */
	void doubt(long nowNanos) {
		if (this.trusted) {
			this.trusted = false;
			this.trialNanos = nowNanos;
		}
		else if (this.current != null && nowNanos - this.trialNanos >= TRIAL.toNanos()) {
			useNext(nowNanos);
		}
	}

	private void useNext(long nowNanos) {
		InetSocketAddress next = this.proven;
		if (next == null || next.equals(this.current) || !this.addresses.contains(next)) {
			next = nextUnproven();
			this.tried = next;
		}
		this.current = next;
		this.trusted = false;
		this.trialNanos = nowNanos;
	}

	private InetSocketAddress nextUnproven() {
		List<InetSocketAddress> unproven = new ArrayList<>(this.addresses);
		unproven.remove(this.proven);
		return unproven.isEmpty() ? this.addresses.get(0)
				: unproven.get((unproven.indexOf(this.tried) + 1) % unproven.size());
	}

}

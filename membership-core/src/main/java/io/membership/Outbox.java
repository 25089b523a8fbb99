package io.membership;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import io.membership.net.AddressBook;
import io.membership.net.DatagramPort;
import io.membership.net.Gate;
import io.membership.net.RefusalDetector;
import io.membership.swim.Message;
import io.membership.swim.SendResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a node has to say, some of it to names that are still being looked up.
 * Everything but its creation happens on the protocol's thread.
 */
final class Outbox {

	private static final Logger logger = LoggerFactory.getLogger(Outbox.class);

	private final AddressBook addresses;

	private final RefusalDetector refusalProbes;

	private final MembershipObserver observer;

	private final LostDatagrams lost;

	private final Gate gate;

	private final Predicate<MemberUri> isAlive;

	private final BiConsumer<MemberUri, SendResult> undeliverable;

	/** Goodbyes that may still have to wait for a name to be looked up. */
	private final List<CompletableFuture<SendResult>> goodbyes = new ArrayList<>();

	private DatagramPort socket;

	/**
	 * Creates the outbox of a run.
	 * @param lost told of what is sent and what cannot be
	 * @param gate told whom this node talks to
	 * @param isAlive whether a member's name need not be looked up again
	 * @param undeliverable told of messages that seemed to be on their way, but were not
	 */
	Outbox(DatagramPort socket, AddressBook addresses, RefusalDetector refusalProbes, MembershipObserver observer,
			LostDatagrams lost, Gate gate, Predicate<MemberUri> isAlive,
			BiConsumer<MemberUri, SendResult> undeliverable) {
		this.socket = socket;
		this.addresses = addresses;
		this.refusalProbes = refusalProbes;
		this.observer = observer;
		this.lost = lost;
		this.gate = gate;
		this.isAlive = isAlive;
		this.undeliverable = undeliverable;
	}

	/** Sends from another socket from now on. */
	void sendFrom(DatagramPort replacement) {
		this.socket = replacement;
	}

	SendResult send(MemberUri to, Message message, byte[] datagram) {
		Delivery delivery = new Delivery(to, message, datagram);
		if (message instanceof Message.Leave) {
			this.goodbyes.removeIf(CompletableFuture::isDone);
			this.goodbyes.add(delivery.done);
		}
		this.addresses.find(to, !this.isAlive.test(to), delivery::transmit);
		return delivery.returned();
	}

	/**
	 * Sends once more what was sent already, in a way that shows whether the recipient's
	 * host refuses it; where the address is not known by now, that was for the first time
	 * to find out.
	 */
	void probeRefusal(MemberUri to, Message message, byte[] datagram, Runnable onRefused) {
		InetSocketAddress address = this.addresses.known(to);
		if (address != null && this.refusalProbes.send(datagram, this.socket.localAddress(), address, onRefused)) {
			this.observer.sent(message.type(), datagram.length);
		}
	}

	/** Returns what is done when all goodbyes are sent or have failed. */
	CompletableFuture<Void> goodbyes() {
		return CompletableFuture.allOf(this.goodbyes.toArray(CompletableFuture[]::new));
	}

	/** A datagram on its way to an address that may not be known yet. */
	private final class Delivery {

		private final MemberUri to;

		private final Message message;

		private final byte[] datagram;

		private final CompletableFuture<SendResult> done = new CompletableFuture<>();

		private SendResult result = SendResult.SENT;

		private boolean returned;

		Delivery(MemberUri to, Message message, byte[] datagram) {
			this.to = to;
			this.message = message;
			this.datagram = datagram;
		}

		void transmit(@Nullable InetSocketAddress address) {
			this.result = (address != null) ? transmitTo(address) : unresolvable();
			this.done.complete(this.result);
			if (this.returned && this.result != SendResult.SENT) {
				Outbox.this.undeliverable.accept(this.to, this.result);
			}
		}

		private SendResult transmitTo(InetSocketAddress address) {
			try {
				Outbox.this.gate.sent(address);
				Outbox.this.socket.send(this.datagram, address);
				Outbox.this.observer.sent(this.message.type(), this.datagram.length);
				Outbox.this.lost.sent(this.to, this.message, this.datagram.length);
				return SendResult.SENT;
			}
			catch (IOException ex) {
				Outbox.this.observer.dropped(DropReason.SEND_FAILED);
				Outbox.this.lost.failed(this.to, this.datagram.length, ex);
				logger.debug("Sending to {} failed", address, ex);
				return SendResult.FAILED;
			}
		}

		private SendResult unresolvable() {
			Outbox.this.observer.dropped(DropReason.UNRESOLVABLE);
			return SendResult.UNRESOLVABLE;
		}

		/** Returns what is known now; later failures are reported to the protocol. */
		SendResult returned() {
			this.returned = true;
			return this.result;
		}

	}

}

package io.membership.swim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * Sends many datagrams one after the other, so that they find room in the recipients'
 * receive buffers: to each recipient one at a time, with a pause after each. Who asks
 * when too many others are being served asks somebody else, or again.
 */
final class PacedMail {

	/** How many recipients are served at the same time. */
	static final int RECIPIENTS = 32;

	/** How many datagrams may wait for one recipient: what 10,000 members take, twice. */
	static final int LONGEST_QUEUE = 1024;

	/** 140 kB/s to each recipient, in datagrams of the usual size. */
	static final Duration PAUSE = Duration.ofMillis(10);

	private final Environment environment;

	private final Map<MemberUri, Queue<Message>> waiting = new LinkedHashMap<>();

	private @Nullable Cancellable next;

	PacedMail(Environment environment) {
		this.environment = environment;
	}

	/** Whether there is still something to send to somebody. */
	boolean isBusyWith(MemberUri recipient) {
		return this.waiting.containsKey(recipient);
	}

	/** Sends messages in their order, beginning now unless others are still waiting. */
	void send(MemberUri recipient, Collection<? extends Message> messages) {
		try {
			begin(recipient, messages);
		}
		finally {
			if (this.next == null && !this.waiting.isEmpty()) {
				this.next = this.environment.schedule(PAUSE, this::sendNext);
			}
		}
	}

	private void begin(MemberUri recipient, Collection<? extends Message> messages) {
		Queue<Message> queue = this.waiting.get(recipient);
		if (queue == null) {
			if (this.waiting.size() == RECIPIENTS || messages.isEmpty()) {
				return;
			}
			queue = new ArrayDeque<>();
			this.waiting.put(recipient, queue);
			queue.addAll(messages);
			this.environment.send(recipient, queue.remove());
		}
		else if (queue.size() + messages.size() <= LONGEST_QUEUE) {
			queue.addAll(messages);
		}
	}

	/** Sends one to each. Who has nothing left stays until the pause after it is over. */
	private void sendNext() {
		try {
			sendOneToEach();
		}
		finally {
			this.next = this.waiting.isEmpty() ? null : this.environment.schedule(PAUSE, this::sendNext);
		}
	}

	private void sendOneToEach() {
		Iterator<Map.Entry<MemberUri, Queue<Message>>> recipients = this.waiting.entrySet().iterator();
		while (recipients.hasNext()) {
			Map.Entry<MemberUri, Queue<Message>> recipient = recipients.next();
			Message message = recipient.getValue().poll();
			if (message == null) {
				recipients.remove();
			}
			else {
				this.environment.send(recipient.getKey(), message);
			}
		}
	}

	/** Sends nothing of what still waits. */
	void stop() {
		this.waiting.clear();
		if (this.next != null) {
			this.next.cancel();
			this.next = null;
		}
	}

}

package io.membership.test;

import java.util.SplittableRandom;

import io.membership.MemberUri;
import io.membership.MembershipObserver.MessageType;
import io.membership.net.RefusalProbes;
import io.membership.swim.SendResult;
import io.membership.test.Traffic.Fate;

/**
 * Carries datagrams from member to member, with all that can happen to them on the way.
 */
final class Post {

	private static final int MOST_BITS_FLIPPED = 3;

	private final World world;

	private final SplittableRandom random;

	private final Fingerprint fingerprint = new Fingerprint();

	Post(World world, SplittableRandom random) {
		this.world = world;
		this.random = random;
	}

	/** Returns a number that stands for all datagrams that were ever sent. */
	long fingerprint() {
		return this.fingerprint.value();
	}

	SendResult send(int from, MemberUri uri, MessageType type, byte[] bytes) {
		return send(from, uri, type, bytes, Post::tellNobody);
	}

	/**
	 * Sends as well, and tells of a refusal: the host of a member that does not run
	 * answers each datagram with one that is subject to the way back.
	 */
	void probeRefusal(int from, MemberUri uri, MessageType type, byte[] bytes, Runnable onRefused) {
		long patienceEnds = this.world.time().nanos() + RefusalProbes.PATIENCE.toNanos();
		int to = this.world.census().member(uri);
		send(from, uri, type, bytes, () -> refuse(to, from, patienceEnds, onRefused));
	}

	private static void tellNobody() {
	}

	private void refuse(int refusing, int sender, long patienceEnds, Runnable onRefused) {
		Network network = this.world.network();
		Link back = network.link(refusing, sender);
		if (this.world.hostLives(refusing) && !network.isCut(refusing, sender)
				&& !Link.strikes(back.loss(), this.random)) {
			long arrival = this.world.time().nanos() + back.way(this.random);
			if (arrival <= patienceEnds) {
				this.world.time().at(arrival, onRefused);
			}
		}
	}

	private SendResult send(int from, MemberUri uri, MessageType type, byte[] bytes, Runnable whenUnheard) {
		int to = this.world.census().member(uri);
		if (!this.world.network().isResolvable(to)) {
			return SendResult.UNRESOLVABLE;
		}
		this.world.counters().sent(type, bytes.length);
		this.fingerprint.add(this.world.time().nanos(), from, to, bytes);
		this.world.wiretaps().forEach((wiretap) -> wiretap.onDatagram(from, to, bytes));
		Network network = this.world.network();
		Link link = network.link(from, to);
		if (to == 0) {
			met(Fate.UNHEARD);
		}
		else if (network.isCut(from, to)) {
			met(Fate.CUT);
		}
		else if (bytes.length + Link.HEADERS > link.mtu()) {
			met(Fate.TOO_LARGE);
		}
		else if (Link.strikes(link.loss(), this.random)) {
			met(Fate.LOST);
		}
		else {
			carry(link, from, to, bytes, whenUnheard);
		}
		return SendResult.SENT;
	}

	private void carry(Link link, int from, int to, byte[] bytes, Runnable whenUnheard) {
		deliver(link, from, to, bytes, whenUnheard);
		if (Link.strikes(link.duplication(), this.random)) {
			met(Fate.DUPLICATED);
			deliver(link, from, to, bytes, whenUnheard);
		}
	}

	private void deliver(Link link, int from, int to, byte[] bytes, Runnable whenUnheard) {
		byte[] arriving = Link.strikes(link.corruption(), this.random) ? corrupted(bytes) : bytes;
		Datagram datagram = new Datagram(from, arriving);
		this.world.time()
			.at(this.world.time().nanos() + link.way(this.random), () -> arrive(to, datagram, whenUnheard));
	}

	private byte[] corrupted(byte[] bytes) {
		met(Fate.CORRUPTED);
		byte[] corrupted = bytes.clone();
		int bits = this.random.nextInt(1, MOST_BITS_FLIPPED + 1);
		for (int i = 0; i < bits; i++) {
			int bit = this.random.nextInt(bytes.length * Byte.SIZE);
			corrupted[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
		}
		return corrupted;
	}

	private void arrive(int to, Datagram datagram, Runnable whenUnheard) {
		SimulatedMember recipient = this.world.member(to);
		if (recipient == null) {
			met(Fate.UNHEARD);
			whenUnheard.run();
		}
		else {
			met(recipient.worker().receive(datagram) ? Fate.DELIVERED : Fate.OVERFLOWED);
		}
	}

	private void met(Fate fate) {
		this.world.counters().met(fate);
	}

}

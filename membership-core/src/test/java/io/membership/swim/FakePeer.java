package io.membership.swim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Decoded;
import io.membership.wire.Sealing;

/**
 * Somebody in a {@link VirtualMesh} who does only what a test tells it: keeps what it
 * receives, and sends what it is given.
 */
final class FakePeer implements VirtualMesh.Endpoint {

	private final VirtualMesh mesh;

	private final MemberUri uri;

	private final DatagramCodec codec = new DatagramCodec(Sealing.none());

	private final List<Message> received = new ArrayList<>();

	private final List<Integer> sizes = new ArrayList<>();

	private boolean answering;

	private Supplement announced = Supplement.NONE;

	FakePeer(VirtualMesh mesh, MemberUri uri) {
		this.mesh = mesh;
		this.uri = uri;
	}

	/** Answers every PING from now on, and says nothing else. */
	FakePeer answering() {
		this.answering = true;
		return this;
	}

	/** Says from now on, wherever it speaks of itself, that it has some abilities. */
	FakePeer announcing(int abilities) {
		this.announced = Supplement.ofSelf(abilities, Supplement.UNKNOWN);
		return this;
	}

	/** Answers nothing from now on. */
	void silent() {
		this.answering = false;
	}

	@Override
	public MemberUri uri() {
		return this.uri;
	}

	@Override
	public void receive(byte[] datagram, MemberUri from) {
		Message message = ((Decoded.Understood) this.codec.decode(datagram, datagram.length)).message();
		this.received.add(message);
		this.sizes.add(datagram.length);
		if (this.answering && message instanceof Message.Ping ping && this.uri.equals(ping.data().target())) {
			ack(from, ping.data());
		}
	}

	// Hearing

	/** Returns all that was received since the last {@link #forget()}. */
	List<Message> received() {
		return this.received;
	}

	/** Returns the sizes of the datagrams received, in the same order. */
	List<Integer> sizes() {
		return this.sizes;
	}

	<T extends Message> List<T> received(Class<T> type) {
		return this.received.stream().filter(type::isInstance).map(type::cast).toList();
	}

	<T extends Message> T last(Class<T> type) {
		List<T> all = received(type);
		if (all.isEmpty()) {
			throw new AssertionError(this.uri + " received no " + type.getSimpleName() + " but " + this.received + " ("
					+ this.mesh + ")");
		}
		return all.get(all.size() - 1);
	}

	void forget() {
		this.received.clear();
		this.sizes.clear();
	}

	// Speaking

	void send(MemberUri to, Message message) {
		this.mesh.send(this.uri, to, this.codec.encode(message));
	}

	void send(MemberUri to, byte[] datagram) {
		this.mesh.send(this.uri, to, datagram);
	}

	/** Sends rumors, and nothing that asks for an answer. */
	void tell(MemberUri to, Rumor... rumors) {
		send(to, new Message.Leave(this.uri, List.of(rumors)));
	}

	void ping(MemberUri to, Rumor... rumors) {
		send(to, new Message.Ping(this.uri, ProbeData.of(this.uri, to, this.mesh.time().micros()), List.of(rumors)));
	}

	/** Answers a probe of itself as a living node does. */
	void ack(MemberUri to, ProbeData data, Rumor... rumors) {
		send(to, new Message.Ack(this.uri, introduced(data.answered(this.mesh.time().micros())), List.of(rumors)));
	}

	private ProbeData introduced(ProbeData ack) {
		if (this.announced.equals(Supplement.NONE)) {
			return ack;
		}
		Map<Object, Object> extra = new HashMap<>(ack.extra());
		extra.put(Introduction.OF_TARGET, new Introduction(this.announced.abilities(), null, 0).toValue());
		return new ProbeData(ack.source(), ack.target(), ack.sentAt(), ack.answeredAt(), extra);
	}

	/** Sends bytes that nobody can read. */
	void sendGarbage(MemberUri to) {
		send(to, new byte[] { (byte) 0xc1 });
	}

	Rumor alive(long incarnation) {
		return rumor(MemberStatus.ALIVE, incarnation).with(this.announced);
	}

	/** Returns a rumor about this peer. */
	Rumor rumor(MemberStatus status, long incarnation) {
		return new Rumor(this.uri, status, incarnation, null, 0);
	}

	ProbeData data(MemberUri source, MemberUri target, Map<?, ?> extra) {
		return new ProbeData(source, target, this.mesh.time().micros(), ProbeData.UNKNOWN, extra);
	}

}

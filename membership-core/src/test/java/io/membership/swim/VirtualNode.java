package io.membership.swim;

import java.util.List;
import java.util.random.RandomGenerator;

import io.membership.DropReason;
import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.MembershipEvent;
import io.membership.MembershipOptions;
import io.membership.wire.Decoded;
import org.jspecify.annotations.Nullable;

/**
 * A real protocol in a {@link VirtualMesh}.
 */
final class VirtualNode implements VirtualMesh.Endpoint {

	private final VirtualMesh mesh;

	private final VirtualEnvironment environment;

	private final SwimProtocol protocol;

	private MemberUri uri;

	VirtualNode(VirtualMesh mesh, MemberUri uri, MembershipOptions options, RandomGenerator random) {
		this.mesh = mesh;
		this.uri = uri;
		this.environment = new VirtualEnvironment(mesh.time(), random, new Mail());
		this.protocol = new SwimProtocol(this.environment, options, uri);
	}

	/** Appears in the mesh for the first time, knowing nobody. */
	VirtualNode begin() {
		this.protocol.appear(1, this.environment.format().emptyPayload());
		this.protocol.begin();
		return this;
	}

	/** Appears in the mesh for the first time, with others among its members. */
	VirtualNode begin(VirtualMesh.Endpoint... others) {
		begin();
		for (VirtualMesh.Endpoint other : others) {
			this.protocol.addMember(other.uri());
		}
		return this;
	}

	/** Falls silent and deaf. */
	void crash() {
		this.protocol.stop();
		this.mesh.remove(this);
	}

	/** Crashes, and comes back as a new process that remembers nothing. */
	VirtualNode restart(int number) {
		crash();
		return this.mesh.node(number, this.protocol.options());
	}

	void moveTo(MemberUri other) {
		MemberUri before = this.uri;
		this.uri = other;
		this.mesh.rename(before, this);
		this.protocol.moveTo(other);
	}

	@Override
	public void receive(byte[] datagram, MemberUri from) {
		Decoded decoded = this.environment.codec().decode(datagram, datagram.length);
		if (decoded instanceof Decoded.Understood understood) {
			this.protocol.receive(understood.message());
		}
		else {
			this.protocol.receiveUnreadable(from);
		}
	}

	@Override
	public MemberUri uri() {
		return this.uri;
	}

	SwimProtocol protocol() {
		return this.protocol;
	}

	VirtualEnvironment environment() {
		return this.environment;
	}

	/** Returns all that this node published, oldest first. */
	List<MembershipEvent> events() {
		return this.environment.events();
	}

	@Nullable Member member(MemberUri uri) {
		return this.environment.view().get(uri);
	}

	Member myself() {
		return this.environment.view().get(this.uri);
	}

	/** Returns what this node thinks of another, {@code null} if it does not know it. */
	@Nullable MemberStatus statusOf(VirtualMesh.Endpoint other) {
		Member member = member(other.uri());
		return (member != null) ? member.status() : null;
	}

	boolean sees(VirtualMesh.Endpoint other, MemberStatus status) {
		return statusOf(other) == status;
	}

	/** Whether this node thinks that exactly so many members are alive. */
	boolean seesAlive(int count) {
		return this.environment.view()
			.values()
			.stream()
			.filter((member) -> member.status() == MemberStatus.ALIVE)
			.count() == count;
	}

	@Override
	public String toString() {
		return this.uri.toString();
	}

	/** How this node reaches the others. */
	private final class Mail implements VirtualEnvironment.Post {

		@Override
		public SendResult send(MemberUri to, Message message, byte[] datagram) {
			if (datagram.length > VirtualNode.this.protocol.options().maxPacketSize()) {
				VirtualNode.this.environment.counts().dropped(DropReason.TOO_LARGE);
				return SendResult.TOO_LARGE;
			}
			return VirtualNode.this.mesh.send(VirtualNode.this, to, datagram);
		}

		@Override
		public void probeRefusal(MemberUri to, Message message, byte[] datagram, Runnable onRefused) {
			VirtualNode.this.mesh.probeRefusal(VirtualNode.this.uri, to, datagram, onRefused);
		}

	}

}

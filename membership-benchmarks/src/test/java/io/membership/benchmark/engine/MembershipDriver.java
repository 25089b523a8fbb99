package io.membership.benchmark.engine;

import java.util.List;

import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.Member;
import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.Membership;
import io.membership.MembershipCipher;
import io.membership.MembershipEvent;
import io.membership.MembershipOptions;
import io.membership.net.EventLoopGroup;

/**
 * Nodes of this project. Those of a process share a few threads, as its guide recommends
 * for many of them.
 */
final class MembershipDriver implements Driver {

	private static final String KEY = "payload";

	private final MembershipOptions options;

	private final Encryption encryption;

	private final EventLoopGroup threads = new EventLoopGroup(Runtime.getRuntime().availableProcessors());

	private MembershipDriver(MembershipOptions options, Encryption encryption) {
		this.options = options;
		this.encryption = encryption;
	}

	static MembershipDriver plain() {
		return new MembershipDriver(MembershipOptions.DEFAULTS, Encryption.NONE);
	}

	static MembershipDriver encrypted() {
		return new MembershipDriver(MembershipOptions.DEFAULTS,
				Encryption.of(MembershipCipher.AES_256_GCM, EncryptionKey.of("the key of a benchmark")));
	}

	static MembershipDriver withoutExtensions() {
		return new MembershipDriver(MembershipOptions.REFERENCE, Encryption.NONE);
	}

	@Override
	public Node start(int port, List<Integer> seeds, Witness witness) {
		Membership node = Membership.builder()
			.platform(this.threads)
			.bindAddress(HOST)
			.advertisedHost(HOST)
			.port(port)
			.options(this.options)
			.encryption(this.encryption)
			.seeds(Driver.addresses(seeds).toArray(String[]::new))
			.build();
		node.subscribe((event) -> tell(event, witness));
		node.start();
		return new Node() {

			@Override
			public void setPayload(String value) {
				node.setPayload(KEY, value);
			}

			@Override
			public void leave() {
				node.leave();
			}

		};
	}

	private static void tell(MembershipEvent event, Witness witness) {
		Member member = event.member();
		int port = member.uri().port();
		if (event instanceof MemberStatusChangedEvent) {
			if (member.status().compareTo(MemberStatus.DEAD) >= 0) {
				witness.down(port);
			}
			else if (member.status() == MemberStatus.ALIVE) {
				witness.up(port);
			}
		}
		else if (event instanceof MemberPayloadChangedEvent) {
			witness.payload(port, String.valueOf(member.payload().get(KEY)));
		}
	}

}

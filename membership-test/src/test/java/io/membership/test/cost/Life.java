package io.membership.test.cost;

import java.time.Duration;
import java.util.stream.LongStream;

import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.MembershipCipher;
import io.membership.MembershipOptions;
import io.membership.test.SimulatedMesh;

/**
 * How a mesh lives.
 */
enum Life {

	/** All agree, and nothing happens. */
	IDLE {
		@Override
		void begin(SimulatedMesh mesh) {
			mesh.startJoined().run(Duration.ofSeconds(10));
		}
	},

	IDLE_ENCRYPTED {
		@Override
		void begin(SimulatedMesh mesh) {
			IDLE.begin(mesh);
		}

		@Override
		Encryption encryption() {
			return Encryption.of(MembershipCipher.AES_256_GCM, EncryptionKey.of("no secret at all"));
		}
	},

	IDLE_WITHOUT_EXTENSIONS {
		@Override
		void begin(SimulatedMesh mesh) {
			IDLE.begin(mesh);
		}

		@Override
		MembershipOptions options() {
			return MembershipOptions.REFERENCE;
		}
	},

	/** Somebody changes its payload in each period. */
	BUSY {
		@Override
		void begin(SimulatedMesh mesh) {
			IDLE.begin(mesh);
			for (int i = 0; i < PERIODS; i++) {
				int change = i;
				mesh.after(options().protocolPeriod().multipliedBy(change),
						(same) -> same.setPayload(1 + change * 7 % SIZE, "change", change));
			}
		}
	},

	/** All start at about the same time, and one of them dies soon after. */
	GATHERING {
		@Override
		void begin(SimulatedMesh mesh) {
			mesh.startAll().after(Duration.ofSeconds(8), (same) -> same.crash(SIZE));
		}
	};

	private static final int SIZE = 30;

	private static final int PERIODS = 20;

	private static final int SEEDS = 3;

	/** Brings a mesh to where it is counted from. */
	abstract void begin(SimulatedMesh mesh);

	MembershipOptions options() {
		return MembershipOptions.DEFAULTS;
	}

	Encryption encryption() {
		return Encryption.NONE;
	}

	/** Returns what a member costs in one protocol period, a mean of some seeds. */
	Cost cost() {
		// Whoever is the first to use a class pays for loading it
		cost(0);
		return LongStream.rangeClosed(1, SEEDS).mapToObj(this::cost).reduce(Cost::plus).orElseThrow().over(SEEDS);
	}

	private Cost cost(long seed) {
		SimulatedMesh mesh = SimulatedMesh.builder()
			.size(SIZE)
			.seed(seed)
			.options(options())
			.encryption(encryption())
			.build();
		begin(mesh);
		Cost before = Cost.of(mesh);
		mesh.run(options().protocolPeriod().multipliedBy(PERIODS));
		return Cost.of(mesh).plus(before.over(-1)).over(SIZE * PERIODS);
	}

}

package io.membership.swim;

import java.util.Map;
import java.util.List;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.wire.DatagramCodec;
import io.membership.wire.Sealing;

/**
 * Things that tests need many of.
 */
final class Samples {

	/** Evidence where it does not matter. */
	static final Evidence EVIDENCE = Evidence.own(Cause.REQUESTED);

	static final Payload EMPTY = new DatagramCodec(Sealing.none()).emptyPayload();

	private Samples() {
	}

	static MemberUri uri(int number) {
		return VirtualMesh.uri(number);
	}

	static Rumor rumor(MemberUri uri, MemberStatus status, long incarnation) {
		return new Rumor(uri, status, incarnation, null, 0);
	}

	static Rumor rumor(MemberUri uri, MemberStatus status, long incarnation, Payload payload) {
		return new Rumor(uri, status, incarnation, payload, 0);
	}

	static Rumor alive(int number) {
		return rumor(uri(number), MemberStatus.ALIVE, 1);
	}

	static Payload payload(String key, Object value) {
		return EMPTY.with(key, value);
	}

	/** Returns a payload whose encoding has this many bytes, 20 or more. */
	static Payload payloadOfSize(int bytes) {
		for (int length = bytes - 2; length > 0; length--) {
			Payload payload = payload("p", "x".repeat(length));
			if (sizeOf(payload) == bytes) {
				return payload;
			}
		}
		throw new IllegalArgumentException("No payload of one text has " + bytes + " bytes");
	}

	static int sizeOf(Payload payload) {
		DatagramCodec codec = new DatagramCodec(Sealing.none());
		Rumor with = rumor(uri(1), MemberStatus.ALIVE, 1, payload);
		return codec.sizeOfEvent(with) - codec.sizeOfEvent(alive(1)) + 1;
	}

	static List<MemberUri> urisOf(List<Rumor> rumors) {
		return rumors.stream().map(Rumor::uri).toList();
	}

	/** Returns what entries of a probe's data are on the wire. */
	static byte[] encoded(Map<?, ?> extra) {
		ProbeData data = new ProbeData(null, null, ProbeData.UNKNOWN, ProbeData.UNKNOWN, extra);
		return new DatagramCodec(Sealing.none()).encode(new Message.Ping(uri(1), data, List.of()));
	}

}

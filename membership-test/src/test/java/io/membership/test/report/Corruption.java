package io.membership.test.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.membership.DropReason;
import io.membership.Encryption;
import io.membership.EncryptionKey;
import io.membership.MembershipCipher;
import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.MembershipEvent;
import io.membership.test.Invariant;
import io.membership.test.Link;
import io.membership.test.SimulatedMesh;
import io.membership.test.SimulatedMeshBuilder;
import io.membership.test.Traffic;
import io.membership.test.Traffic.Fate;

/**
 * What flipped bits do to a mesh: UDP's checksum is not always there.
 */
final class Corruption implements Experiment {

	private static final int SIZE = 20;

	private static final double SHARE = 0.15;

	private static final Duration AFTERWARDS = Duration.ofMinutes(5);

	/** Nobody is accused more often in such a time. */
	private static final long ORDINARY_REFUTATIONS = 1000;

	private static final String KEY = "name";

	private static final Map<String, String> COUNTED = Map.ofEntries(Map.entry("datagrams", "datagrams sent"),
			Map.entry("corrupted", "of these corrupted"), Map.entry("to nobody", "of these sent to phantoms"),
			Map.entry("refused", "refused as a whole"), Map.entry("events refused", "events skipped in others"),
			Map.entry("understood", "corrupted, and understood as a whole or in part"),
			Map.entry("phantoms", "phantom members that somebody believed in"),
			Map.entry("phantoms left", "of these still alive in a view 5 minutes later"),
			Map.entry("payloads", "altered payloads that somebody saw"),
			Map.entry("payloads left", "views of a payload still wrong 5 minutes later"),
			Map.entry("SUSPECT", "times that a member became suspect at another"), Map.entry("DEAD", "… became dead"),
			Map.entry("LEFT", "… left, which nobody did"), Map.entry("NON_DECRYPTABLE", "… became non-decryptable"),
			Map.entry("incarnations", "members whose incarnation jumped by more than 1,000"),
			Map.entry("wrong", "members not alive in a view 5 minutes later"));

	private static final List<String> ORDER = List.of("datagrams", "to nobody", "corrupted", "refused",
			"events refused", "understood", "phantoms", "phantoms left", "payloads", "payloads left", "SUSPECT", "DEAD",
			"LEFT", "NON_DECRYPTABLE", "incarnations", "wrong");

	/** What the network does to the datagrams. */
	private enum Harm {

		PLAIN("corruption, plain"), ENCRYPTED("corruption, AES-256-CBC"), LOSS("loss instead");

		private final String description;

		Harm(String description) {
			this.description = description;
		}

		Link link() {
			return (this == LOSS) ? Link.LAN.withLoss(SHARE) : Link.LAN.withCorruption(SHARE);
		}

	}

	@Override
	public String id() {
		return "corruption";
	}

	@Override
	public String title() {
		return "Corruption";
	}

	private static List<Setting> settings() {
		return List.of(Setting.OFF, Setting.ALL);
	}

	private static Duration duration(Scale scale) {
		return Duration.ofMinutes(scale.pick(3, 10));
	}

	@Override
	public List<Job> jobs(Scale scale) {
		List<Job> jobs = new ArrayList<>();
		for (Harm harm : Harm.values()) {
			for (Setting setting : settings()) {
				Measuring.seeds(scale.pick(2, 10))
					.forEach((seed) -> jobs.add(new Job(group(harm, setting), seed,
							(number, recorder) -> measure(harm, setting, duration(scale), number, recorder))));
			}
		}
		return jobs;
	}

	private static String group(Harm harm, Setting setting) {
		return harm + "/" + setting.name();
	}

	private static void measure(Harm harm, Setting setting, Duration duration, long seed, Job.Recorder recorder) {
		SimulatedMeshBuilder builder = SimulatedMesh.builder().size(SIZE).seed(seed).options(setting.options());
		if (harm == Harm.ENCRYPTED) {
			builder.encryption(
					Encryption.of(MembershipCipher.AES_256_CBC, EncryptionKey.of("0123456789abcdef0123456789abcdef")));
		}
		SimulatedMesh mesh = builder.build().allow(Invariant.NO_FALSE_DEATHS).allow(Invariant.RUMORS_BOUNDED);
		mesh.startJoined();
		for (int member = 1; member <= SIZE; member++) {
			mesh.setPayload(member, KEY, name(member));
		}
		mesh.run(Duration.ofSeconds(30));
		Witness witness = new Witness(mesh);
		mesh.network().everywhere(harm.link());
		Traffic traffic = mesh.run(duration).traffic();
		mesh.network().everywhere(Link.LAN);
		witness.record(recorder);
		mesh.run(AFTERWARDS);
		witness.recordWhatIsLeft(recorder);
		recordTraffic(traffic, recorder);
	}

	private static String name(int member) {
		return "member-" + member;
	}

	private static void recordTraffic(Traffic traffic, Job.Recorder recorder) {
		long refused = 0;
		for (DropReason reason : List.of(DropReason.MALFORMED, DropReason.NOT_A_MESSAGE, DropReason.INCOMPLETE,
				DropReason.UNDECRYPTABLE, DropReason.OVERSIZED)) {
			refused += traffic.dropped().getOrDefault(reason, 0L);
		}
		recorder.count("datagrams", traffic.totalDatagrams());
		recorder.count("corrupted", traffic.count(Fate.CORRUPTED));
		recorder.count("to nobody", traffic.count(Fate.UNHEARD));
		recorder.count("refused", refused);
		recorder.count("understood", traffic.count(Fate.CORRUPTED) - refused);
		recorder.count("events refused", traffic.dropped().getOrDefault(DropReason.BAD_EVENT, 0L));
	}

	@Override
	public void write(Results results, Scale scale, Section section) {
		section.paragraph("""
				%d members, each with a payload; %d %% of all datagrams have one to three bits flipped, for %d minutes,
				then none. Nobody crashes, leaves or changes anything, so each change but suspicion and death, which
				lost datagrams explain, comes from a corrupted datagram that was believed. Beside it, a network that
				loses as many datagrams instead. Means per run.""".formatted(SIZE, Math.round(SHARE * 100),
				duration(scale).toMinutes()));
		List<String> header = new ArrayList<>(List.of(""));
		for (Harm harm : Harm.values()) {
			settings().forEach((setting) -> header.add(harm.description + ", " + setting.name()));
		}
		List<List<String>> rows = new ArrayList<>();
		for (String metric : ORDER) {
			List<String> row = new ArrayList<>(List.of(COUNTED.getOrDefault(metric, metric)));
			for (Harm harm : Harm.values()) {
				settings()
					.forEach((setting) -> row.add(Numbers.count(results.sample(group(harm, setting), metric).mean())));
			}
			rows.add(row);
		}
		section.table(header, rows);
		Sample corrupted = results.sample(group(Harm.PLAIN, Setting.ALL), "corrupted");
		Sample understood = results.sample(group(Harm.PLAIN, Setting.ALL), "understood");
		section.paragraph("Of the corrupted datagrams, " + Numbers.percent(understood.sum() / corrupted.sum())
				+ " passed validation as a whole or in part (plain, all on): a bit in a name, in a number or in a payload"
				+ " leaves a message that is as good as any. Only a checksum or authenticated encryption can do better.");
	}

	/** Sees what members came to believe that nobody ever was or did. */
	private static final class Witness {

		private final SimulatedMesh mesh;

		private final Map<MemberUri, Integer> numbers = new HashMap<>();

		private final Map<MemberUri, Long> incarnationsBefore = new HashMap<>();

		private final Map<MemberUri, Set<Integer>> phantoms = new HashMap<>();

		private final Set<String> payloads = new HashSet<>();

		private final Set<MemberUri> incarnations = new HashSet<>();

		private final Map<MemberStatus, Integer> statuses = new EnumMap<>(MemberStatus.class);

		Witness(SimulatedMesh mesh) {
			this.mesh = mesh;
			for (int member = 1; member <= SIZE; member++) {
				this.numbers.put(mesh.uri(member), member);
				this.incarnationsBefore.put(mesh.uri(member), mesh.views().incarnation(member, member));
			}
			mesh.listen(this::see);
		}

		private void see(int observer, MembershipEvent event) {
			MemberUri uri = event.member().uri();
			Integer number = this.numbers.get(uri);
			if (number == null) {
				Set<Integer> believers = this.phantoms.computeIfAbsent(uri, (phantom) -> new HashSet<>());
				if (event instanceof MemberStatusChangedEvent change) {
					note(believers, observer, change.status() == MemberStatus.ALIVE);
				}
				return;
			}
			if (event instanceof MemberStatusChangedEvent change) {
				this.statuses.merge(change.status(), 1, Integer::sum);
			}
			if (event instanceof MemberPayloadChangedEvent change
					&& !name(number).equals(change.member().payload().get(KEY))) {
				this.payloads.add(uri + " " + change.member().payload());
			}
			if (event.member().incarnation() - this.incarnationsBefore.getOrDefault(uri, 0L) > ORDINARY_REFUTATIONS) {
				this.incarnations.add(uri);
			}
		}

		private static void note(Set<Integer> believers, int observer, boolean believes) {
			if (believes) {
				believers.add(observer);
			}
			else {
				believers.remove(observer);
			}
		}

		void record(Job.Recorder recorder) {
			recorder.count("phantoms", this.phantoms.size());
			recorder.count("payloads", this.payloads.size());
			recorder.count("incarnations", this.incarnations.size());
			for (MemberStatus status : MemberStatus.values()) {
				recorder.count(status.name(), this.statuses.getOrDefault(status, 0));
			}
		}

		void recordWhatIsLeft(Job.Recorder recorder) {
			recorder.count("phantoms left",
					this.phantoms.values().stream().filter((believers) -> !believers.isEmpty()).count());
			int wrongPayloads = 0;
			Set<Integer> wrong = new HashSet<>();
			for (int observer = 1; observer <= SIZE; observer++) {
				for (int subject = 1; subject <= SIZE; subject++) {
					if (!name(subject).equals(this.mesh.views().payload(observer, subject).get(KEY))) {
						wrongPayloads++;
					}
					if (this.mesh.views().status(observer, subject) != MemberStatus.ALIVE) {
						wrong.add(subject);
					}
				}
			}
			recorder.count("payloads left", wrongPayloads);
			recorder.count("wrong", wrong.size());
		}

	}

}

package io.membership.test;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongFunction;

import io.membership.Encryption;
import io.membership.MembershipBuilder;
import io.membership.MembershipOptions;

/**
 * Builds a {@link SimulatedMesh}. Not thread-safe.
 */
public final class SimulatedMeshBuilder {

	/** The system property with the seed of meshes that are built without one. */
	public static final String SEED_PROPERTY = "membership.test.seed";

	int size = 5;

	long seed;

	MembershipOptions options = MembershipOptions.DEFAULTS;

	private final Map<Integer, MembershipOptions> optionsOf = new HashMap<>();

	Link link = Link.LAN;

	int receiveBuffer = 212_992;

	Duration grace = Duration.ofSeconds(30);

	int newcomers;

	int uriLength;

	Encryption encryption = Encryption.NONE;

	private final Map<Integer, String> clusterNames = new HashMap<>();

	LongFunction<String> replay = SimulatedMeshBuilder::replayByProperty;

	SimulatedMeshBuilder() {
		Long given = Long.getLong(SEED_PROPERTY);
		this.seed = (given != null) ? given : ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE);
	}

	/**
	 * Sets how many members there are; their numbers begin with 1.
	 * @param size 1 or more; 5 unless set
	 * @return this builder
	 */
	public SimulatedMeshBuilder size(int size) {
		if (size < 1) {
			throw new IllegalArgumentException("A mesh of " + size + " members: use 1 or more");
		}
		this.size = size;
		return this;
	}

	/**
	 * Sets what determines everything that happens.
	 * @param seed any number; unless set, the value of the system property
	 * {@value #SEED_PROPERTY}, or a random one
	 * @return this builder
	 */
	public SimulatedMeshBuilder seed(long seed) {
		this.seed = seed;
		return this;
	}

	/**
	 * Sets the options of all members.
	 * @param options the options; the defaults unless set
	 * @return this builder
	 */
	public SimulatedMeshBuilder options(MembershipOptions options) {
		this.options = options;
		return this;
	}

	/**
	 * Sets the options of one member, for example {@link MembershipOptions#REFERENCE} for
	 * one that stands for a Tarantool node.
	 * @param member the member
	 * @param options its options
	 * @return this builder
	 */
	public SimulatedMeshBuilder options(int member, MembershipOptions options) {
		this.optionsOf.put(member, options);
		return this;
	}

	/** Returns the options of one member. */
	MembershipOptions options(int member) {
		return this.optionsOf.getOrDefault(member, this.options);
	}

	/**
	 * Sets the network between all members to begin with.
	 * @param link the links; {@link Link#LAN} unless set
	 * @return this builder
	 */
	public SimulatedMeshBuilder network(Link link) {
		this.link = link;
		return this;
	}

	/**
	 * Encrypts the traffic of all members.
	 * @param encryption the encryption; none unless set
	 * @return this builder
	 */
	public SimulatedMeshBuilder encryption(Encryption encryption) {
		this.encryption = encryption;
		return this;
	}

	/**
	 * Makes a member one of another cluster.
	 * @param member the member
	 * @param clusterName the name; {@value MembershipBuilder#DEFAULT_CLUSTER_NAME} unless
	 * set
	 * @return this builder
	 */
	public SimulatedMeshBuilder clusterName(int member, String clusterName) {
		this.clusterNames.put(member, clusterName);
		return this;
	}

	String clusterName(int member) {
		return this.clusterNames.getOrDefault(member, MembershipBuilder.DEFAULT_CLUSTER_NAME);
	}

	/**
	 * Sets how much a member that does not read at the moment can receive.
	 * @param bytes the bytes of datagrams; 212,992 unless set, as on Linux
	 * @return this builder
	 */
	public SimulatedMeshBuilder receiveBuffer(int bytes) {
		this.receiveBuffer = bytes;
		return this;
	}

	/**
	 * Sets for how long a member still counts as faulty when its fault is over.
	 * @param grace the time; 30 s unless set
	 * @return this builder
	 */
	public SimulatedMeshBuilder grace(Duration grace) {
		this.grace = grace;
		return this;
	}

	/**
	 * Sets how many more members there are, who do not start with the others; their
	 * numbers follow on.
	 * @param newcomers 0 or more; 0 unless set
	 * @return this builder
	 */
	public SimulatedMeshBuilder newcomers(int newcomers) {
		if (newcomers < 0) {
			throw new IllegalArgumentException("There cannot be " + newcomers + " newcomers");
		}
		this.newcomers = newcomers;
		return this;
	}

	/**
	 * Sets how long the URIs of all members are, of which most of a datagram consists.
	 * @param characters enough for the number of a member and a port, and no longer than
	 * a label of a DNS name allows; those of addresses {@code 10.x.y.z:3301} unless set
	 * @return this builder
	 */
	public SimulatedMeshBuilder uriLength(int characters) {
		if (characters < Census.SHORTEST_URI || characters > Census.LONGEST_URI) {
			throw new IllegalArgumentException(
					"URIs of " + characters + " characters: use " + Census.SHORTEST_URI + " to " + Census.LONGEST_URI);
		}
		this.uriLength = characters;
		return this;
	}

	/**
	 * Sets the command that failures show.
	 * @param replay returns how to see the history of a seed again
	 * @return this builder
	 */
	public SimulatedMeshBuilder replay(LongFunction<String> replay) {
		this.replay = replay;
		return this;
	}

	/**
	 * Builds a mesh in which nobody runs yet.
	 * @return the mesh
	 */
	public SimulatedMesh build() {
		return new SimulatedMesh(this);
	}

	private static String replayByProperty(long seed) {
		String test = StackWalker.getInstance()
			.walk((frames) -> frames.filter((frame) -> frame.getClassName().matches(".*Tests?(\\$.*)?"))
				.findFirst()
				.map((frame) -> frame.getClassName().replaceFirst("\\$.*", "") + "#"
						+ frame.getMethodName().replaceFirst("^lambda\\$(.*)\\$\\d+$", "$1"))
				.map((name) -> name.replace("#<init>", ""))
				.orElse(""));
		String property = "-D" + SEED_PROPERTY + "=" + seed;
		return test.isEmpty() ? property
				: "mvn verify -Dsurefire.failIfNoSpecifiedTests=false -Dtest=" + test + " " + property;
	}

}

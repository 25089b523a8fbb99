package io.membership.benchmark.engine;

import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

import com.hazelcast.core.Hazelcast;
import io.membership.Membership;
import io.membership.process.JavaCommand;
import io.scalecube.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;

/**
 * The engines that run on a virtual machine of ours.
 */
enum JavaEngine implements Engine {

	MEMBERSHIP("membership", Membership.class, "default options, " + JavaEngine.SHARED, 1000, true),

	MEMBERSHIP_GCM("membership, encrypted", Membership.class,
			"default options and a key, AES-256-GCM, " + JavaEngine.SHARED, 1000, true),

	MEMBERSHIP_REFERENCE("membership, no extensions", Membership.class,
			"`MembershipOptions.REFERENCE`, " + JavaEngine.SHARED, 1000, true),

	SCALECUBE("ScaleCube cluster", Cluster.class, "default (LAN) configuration, TCP transport", 100, true),

	JGROUPS("JGroups", JChannel.class,
			"its tcp.xml, by which a node whose first request is lost joins by a merge, after about 48 s", 25, false),

	HAZELCAST("Hazelcast", Hazelcast.class, "default configuration, TCP/IP join, no data", 25, false),

	PEKKO("Apache Pekko cluster", ClusterEvent.class, "default configuration, Artery TCP, its split brain resolver",
			100, false);

	/** As the documentation recommends for many nodes in one process. */
	private static final String SHARED = "an `EventLoopGroup` with a thread for each processor in each process";

	/** What Hazelcast asks for. */
	private static final String[] ACCESS = { "--add-modules=java.se",
			"--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED",
			"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.management/sun.management=ALL-UNNAMED",
			"--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED" };

	private final String name;

	private final Class<?> type;

	private final String setup;

	private final int nodesPerProcess;

	private final boolean payload;

	JavaEngine(String name, Class<?> type, String setup, int nodesPerProcess, boolean payload) {
		this.name = name;
		this.type = type;
		this.setup = setup;
		this.nodesPerProcess = nodesPerProcess;
		this.payload = payload;
	}

	Driver driver() {
		return switch (this) {
			case MEMBERSHIP -> MembershipDriver.plain();
			case MEMBERSHIP_GCM -> MembershipDriver.encrypted();
			case MEMBERSHIP_REFERENCE -> MembershipDriver.withoutExtensions();
			case SCALECUBE -> new ScaleCubeDriver();
			case JGROUPS -> new JGroupsDriver();
			case HAZELCAST -> new HazelcastDriver();
			case PEKKO -> new PekkoDriver();
		};
	}

	@Override
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** The version is in the name of the jar: not all say it in their manifest. */
	@Override
	public String title() {
		String jar = this.type.getProtectionDomain().getCodeSource().getLocation().getPath();
		String version = jar.replaceFirst(".*?-(\\d[^/]*)\\.jar$", "$1");
		return version.equals(jar) ? this.name : this.name + " " + version;
	}

	@Override
	public String setup() {
		return this.setup;
	}

	@Override
	public @Nullable String obstacle() {
		return null;
	}

	@Override
	public int nodesPerProcess() {
		return this.nodesPerProcess;
	}

	@Override
	public boolean hasPayload() {
		return this.payload;
	}

	/**
	 * By default, a node of Pekko waits for seconds between its attempts to join. One of
	 * JGroups that hears nothing from its seeds for two seconds begins a cluster of its
	 * own; others are looked for every 48 seconds. Hazelcast takes members in when nobody
	 * asked for 5 seconds or the first has waited for 20, and nobody else meanwhile.
	 */
	@Override
	public int slowness() {
		return switch (this) {
			case PEKKO, JGROUPS, HAZELCAST -> 3;
			case MEMBERSHIP, MEMBERSHIP_GCM, MEMBERSHIP_REFERENCE, SCALECUBE -> 1;
		};
	}

	/**
	 * One small collector of garbage for all: by default it would depend on the machine.
	 */
	@Override
	public Peer launch(Consumer<String> lines) throws IOException {
		JavaCommand command = JavaCommand.of(DriverProcess.class, name())
			.with("-Xmx2g", "-XX:TieredStopAtLevel=4", "-XX:+UseSerialGC");
		return new LinePeer(((this == HAZELCAST) ? command.with(ACCESS) : command).start(lines));
	}

}

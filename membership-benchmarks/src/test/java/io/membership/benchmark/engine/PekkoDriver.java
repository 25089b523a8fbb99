package io.membership.benchmark.engine;

import java.util.List;
import java.util.Map;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;

/**
 * Apache Pekko cluster over Artery. Who cannot be reached counts as gone, long before the
 * resolver of split brains, without which nobody could join any more, removes it.
 */
final class PekkoDriver implements Driver {

	private static final String SYSTEM = "benchmark";

	@Override
	public Node start(int port, List<Integer> seeds, Witness witness) {
		Config config = ConfigFactory.parseMap(Map.of("pekko.actor.provider", "cluster",
				"pekko.remote.artery.canonical.hostname", HOST, "pekko.remote.artery.canonical.port", port,
				"pekko.loglevel", "WARNING", "pekko.stdout-loglevel", "WARNING", "pekko.cluster.jmx.enabled", "off",
				// Many systems that start together keep each other waiting
				"pekko.logger-startup-timeout", "60s", "pekko.cluster.downing-provider-class",
				"org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"))
			.withFallback(ConfigFactory.load());
		ActorSystem system = ActorSystem.create(SYSTEM, config);
		Cluster cluster = Cluster.get(system);
		system.actorOf(Props.create(Subscriber.class, () -> new Subscriber(cluster, witness)));
		cluster.joinSeedNodes((seeds.isEmpty() ? List.of(port) : seeds).stream().map(PekkoDriver::address).toList());
		return () -> cluster.leave(cluster.selfAddress());
	}

	private static Address address(int port) {
		return new Address("pekko", SYSTEM, HOST, port);
	}

	/** Takes in what happens in the cluster. */
	private static final class Subscriber extends AbstractActor {

		private final Cluster cluster;

		private final Witness witness;

		Subscriber(Cluster cluster, Witness witness) {
			this.cluster = cluster;
			this.witness = witness;
		}

		@Override
		public void preStart() {
			this.cluster.subscribe(getSelf(), ClusterEvent.initialStateAsEvents(), ClusterEvent.MemberEvent.class,
					ClusterEvent.ReachabilityEvent.class);
		}

		@Override
		public Receive createReceive() {
			return receiveBuilder().match(ClusterEvent.MemberUp.class, (event) -> this.witness.up(port(event.member())))
				.match(ClusterEvent.ReachableMember.class, (event) -> this.witness.up(port(event.member())))
				.match(ClusterEvent.UnreachableMember.class, (event) -> this.witness.down(port(event.member())))
				.match(ClusterEvent.MemberLeft.class, (event) -> this.witness.down(port(event.member())))
				.match(ClusterEvent.MemberRemoved.class, (event) -> this.witness.down(port(event.member())))
				.matchAny((event) -> {
				})
				.build();
		}

		private static int port(Member member) {
			return member.address().port().map((port) -> (Integer) port).get();
		}

	}

}

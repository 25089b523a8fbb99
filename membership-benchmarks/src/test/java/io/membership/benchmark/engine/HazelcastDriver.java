package io.membership.benchmark.engine;

import java.util.List;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;

/**
 * Members of a Hazelcast cluster that has no data.
 */
final class HazelcastDriver implements Driver {

	@Override
	public Node start(int port, List<Integer> seeds, Witness witness) {
		Config config = new Config().setClusterName("benchmark").setInstanceName(String.valueOf(port));
		config.setProperty("hazelcast.logging.type", "slf4j").setProperty("hazelcast.phone.home.enabled", "false");
		NetworkConfig network = config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
		network.getInterfaces().setEnabled(true).addInterface(HOST);
		JoinConfig join = network.getJoin();
		join.getAutoDetectionConfig().setEnabled(false);
		join.getMulticastConfig().setEnabled(false);
		join.getTcpIpConfig().setEnabled(true).setMembers(Driver.addresses(seeds.isEmpty() ? List.of(port) : seeds));
		config.addListenerConfig(new ListenerConfig(new MembershipListener() {

			@Override
			public void memberAdded(MembershipEvent event) {
				witness.up(event.getMember().getAddress().getPort());
			}

			@Override
			public void memberRemoved(MembershipEvent event) {
				witness.down(event.getMember().getAddress().getPort());
			}

		}));
		HazelcastInstance instance = Hazelcast.newHazelcastInstance(config);
		instance.getCluster().getMembers().forEach((member) -> witness.up(member.getAddress().getPort()));
		return instance::shutdown;
	}

	/** A join waits for 5 seconds. */
	@Override
	public int startsAtOnce() {
		return 16;
	}

}

package io.membership.benchmark.engine;

import java.util.List;

import io.scalecube.cluster.Cluster;
import io.scalecube.cluster.ClusterImpl;
import io.scalecube.cluster.ClusterMessageHandler;
import io.scalecube.cluster.Member;
import io.scalecube.cluster.membership.MembershipEvent;
import io.scalecube.transport.netty.tcp.TcpTransportFactory;

/**
 * ScaleCube cluster over TCP.
 */
final class ScaleCubeDriver implements Driver {

	@Override
	public Node start(int port, List<Integer> seeds, Witness witness) {
		Cluster cluster = new ClusterImpl().transportFactory(TcpTransportFactory::new)
			.transport((transport) -> transport.port(port))
			.config((config) -> config.externalHost(HOST).metadata("none"))
			.membership((membership) -> membership.seedMembers(Driver.addresses(seeds)))
			.handler((same) -> new ClusterMessageHandler() {

				@Override
				public void onMembershipEvent(MembershipEvent event) {
					tell(same, event, witness);
				}

			})
			.startAwait();
		return new Node() {

			@Override
			public void setPayload(String value) {
				cluster.updateMetadata(value).block();
			}

			@Override
			public void leave() {
				cluster.shutdown();
			}

		};
	}

	private static void tell(Cluster cluster, MembershipEvent event, Witness witness) {
		int port = portOf(event.member());
		switch (event.type()) {
			case ADDED -> witness.up(port);
			case LEAVING, REMOVED -> witness.down(port);
			case UPDATED -> witness.payload(port, cluster.<String>metadata(event.member()).orElse(""));
		}
	}

	private static int portOf(Member member) {
		String address = member.address();
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

}

package io.membership.net;

import java.net.InetAddress;

/**
 * An address of a machine.
 *
 * @param networkInterface the name of the interface that has it
 * @param address the address
 */
public record LocalAddress(String networkInterface, InetAddress address) {

	@Override
	public String toString() {
		return this.networkInterface + " " + LocalNetworks.withoutScope(this.address).getHostAddress();
	}

}

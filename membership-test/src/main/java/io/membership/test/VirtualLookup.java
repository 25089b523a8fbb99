package io.membership.test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import io.membership.MemberUri;
import io.membership.net.AddressBook;

/**
 * The look-up of names on a {@link VirtualNetwork}, which takes no time.
 *
 * @param network the network whose names these are
 */
record VirtualLookup(VirtualNetwork network) implements AddressBook.Lookup {

	@Override
	public InetAddress[] allByName(String host) throws UnknownHostException {
		InetAddress[] addresses = this.network.locked(() -> this.network.names().lookUp(host));
		if (addresses.length == 0) {
			throw new UnknownHostException(host);
		}
		return addresses;
	}

	@Override
	public List<MemberUri> byService(String service) {
		return this.network.locked(() -> this.network.names().lookUpService(service));
	}

	@Override
	public boolean isImmediate() {
		return true;
	}

}

package io.membership.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import io.membership.MemberUri;

/** The names that this machine can look up. Thread-safe. */
final class SystemNames implements AddressBook.Lookup {

	private final ServiceRecords services;

	/**
	 * Creates the look-up.
	 * @param services looks up services
	 */
	SystemNames(ServiceRecords services) {
		this.services = services;
	}

	@Override
	public InetAddress[] allByName(String host) throws UnknownHostException {
		return InetAddress.getAllByName(host);
	}

	@Override
	public List<MemberUri> byService(String service) throws UnknownHostException {
		return this.services.lookUp(service);
	}

}

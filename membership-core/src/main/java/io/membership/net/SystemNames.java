package io.membership.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import io.membership.MemberUri;

/** The names that this machine can look up. Thread-safe. */
final class SystemNames implements AddressBook.Lookup {

	/** The name servers of this machine. */
	static final String SYSTEM_SERVERS = "dns:";

	private final String servers;

	/**
	 * Creates the look-up.
	 * @param servers the name servers for services, see {@link ServiceRecords}
	 */
	SystemNames(String servers) {
		this.servers = servers;
	}

	@Override
	public InetAddress[] allByName(String host) throws UnknownHostException {
		return InetAddress.getAllByName(host);
	}

	/** A runtime that is cut down may lack what is needed for this, and only this. */
	@Override
	public List<MemberUri> byService(String service) throws UnknownHostException {
		try {
			return new ServiceRecords(this.servers).lookUp(service);
		}
		catch (NoClassDefFoundError ex) {
			throw new UnknownHostException(
					service + ": this Java runtime cannot ask for services, it lacks the module java.naming");
		}
	}

}

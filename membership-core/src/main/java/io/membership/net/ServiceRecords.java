package io.membership.net;

import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * The SRV records of DNS (RFC 2782), which the look-up of names in Java does not know.
 * The JDK asks for them through JNDI, with the module {@code jdk.naming.dns}. Nothing is
 * cached, and no search domain is added. Thread-safe.
 */
final class ServiceRecords {

	private static final String FACTORY = "com.sun.jndi.dns.DnsContextFactory";

	private static final String TYPE = "SRV";

	/** How long the first answer may take; then it is asked again and waits double. */
	private static final String TIMEOUT_MILLIS = "1000";

	private static final String RETRIES = "3";

	/** Priority, weight, port and target. */
	private static final int FIELDS = 4;

	private final String servers;

	/**
	 * Creates the look-up.
	 * @param servers the name servers as a URL, for example {@code dns://10.0.0.1:53}
	 */
	ServiceRecords(String servers) {
		this.servers = servers;
	}

	/**
	 * Returns where a service is; may take many seconds.
	 * @param service its full name
	 * @return hosts and ports in no order, none if the service says that it is nowhere
	 * @throws UnknownHostException if there is no such service, or no answer
	 */
	List<MemberUri> lookUp(String service) throws UnknownHostException {
		Attribute records;
		try {
			records = records(service);
		}
		catch (NamingException ex) {
			throw unknown(service, reason(ex), ex);
		}
		if (records == null) {
			throw unknown(service, "the name has no record of type SRV", null);
		}
		try {
			return Collections.list(records.getAll())
				.stream()
				.map((record) -> target(record.toString()))
				.filter(Objects::nonNull)
				.toList();
		}
		catch (NamingException ex) {
			throw unknown(service, reason(ex), ex);
		}
	}

	/** The provider for DNS makes strings of what it reads, and no objects. */
	@SuppressWarnings("BanJNDI")
	private @Nullable Attribute records(String service) throws NamingException {
		DirContext context = new InitialDirContext(environment());
		try {
			return context.getAttributes(service, new String[] { TYPE }).get(TYPE);
		}
		finally {
			context.close();
		}
	}

	/** The class is what JNDI wants. */
	@SuppressWarnings("JdkObsolete")
	private Hashtable<String, String> environment() {
		Hashtable<String, String> environment = new Hashtable<>();
		environment.put(Context.INITIAL_CONTEXT_FACTORY, FACTORY);
		environment.put(Context.PROVIDER_URL, this.servers);
		environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
		environment.put("com.sun.jndi.dns.timeout.retries", RETRIES);
		return environment;
	}

	/**
	 * Reads a record. One without a target says that the service is not available, and
	 * one that names no host that a member can have is of no use.
	 */
	private static @Nullable MemberUri target(String record) {
		String[] fields = record.split(" ", -1);
		if (fields.length != FIELDS) {
			return null;
		}
		String target = fields[3];
		String host = target.endsWith(".") ? target.substring(0, target.length() - 1) : target;
		return MemberUri.tryParse(host + ":" + fields[2]);
	}

	private static String reason(NamingException ex) {
		return (ex instanceof NoInitialContextException)
				? "this Java runtime cannot ask for services, it lacks the module jdk.naming.dns"
				: String.valueOf(ex.getMessage());
	}

	private static UnknownHostException unknown(String service, String reason, @Nullable Throwable cause) {
		UnknownHostException exception = new UnknownHostException(service + ": " + reason);
		exception.initCause(cause);
		return exception;
	}

}

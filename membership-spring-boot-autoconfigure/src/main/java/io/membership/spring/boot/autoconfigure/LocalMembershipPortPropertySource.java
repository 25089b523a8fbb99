package io.membership.spring.boot.autoconfigure;

import java.net.InetSocketAddress;

import io.membership.Membership;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.EnumerablePropertySource;

/**
 * Makes the port that a running node has bound known as {@code local.membership.port}, as
 * web servers do with {@code local.server.port}.
 */
final class LocalMembershipPortPropertySource extends EnumerablePropertySource<Membership> {

	static final String NAME = "membership.ports";

	private static final String PORT = "local.membership.port";

	LocalMembershipPortPropertySource(Membership membership) {
		super(NAME, membership);
	}

	@Override
	public String[] getPropertyNames() {
		return new String[] { PORT };
	}

	@Override
	public @Nullable Object getProperty(String name) {
		if (!PORT.equals(name)) {
			return null;
		}
		InetSocketAddress address = this.source.state().boundAddress();
		return (address != null) ? address.getPort() : null;
	}

}

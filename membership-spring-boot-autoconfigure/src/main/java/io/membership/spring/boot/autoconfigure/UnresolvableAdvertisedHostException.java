package io.membership.spring.boot.autoconfigure;

import java.net.UnknownHostException;

import io.membership.MembershipException;

/**
 * The host by which others are to reach this node does not resolve, not even here.
 */
final class UnresolvableAdvertisedHostException extends MembershipException {

	private static final long serialVersionUID = 1L;

	private final String host;

	UnresolvableAdvertisedHostException(String host, UnknownHostException cause) {
		super("Advertised host '" + host + "' does not resolve", cause);
		this.host = host;
	}

	String host() {
		return this.host;
	}

}

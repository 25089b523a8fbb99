package io.membership.spring.boot.actuate.endpoint;

import java.util.Set;

import io.membership.spring.boot.actuate.endpoint.MembershipEndpoint.ActionDescriptor;
import io.membership.spring.boot.actuate.endpoint.MembershipEndpoint.MemberDescriptor;
import io.membership.spring.boot.actuate.endpoint.MembershipEndpoint.MembershipDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the {@link MembershipEndpoint}:
 * what is shown depends on the user, and unknown members are not found.
 */
@EndpointWebExtension(endpoint = MembershipEndpoint.class)
public class MembershipEndpointWebExtension {

	private final MembershipEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Creates an extension.
	 * @param delegate the endpoint
	 * @param showValues when to show the values of payloads
	 * @param roles the roles of users to whom they are shown when authorized
	 */
	public MembershipEndpointWebExtension(MembershipEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * Describes this node's view of the mesh.
	 * @param securityContext who asks
	 * @return this node, its options and all members
	 */
	@ReadOperation
	public WebEndpointResponse<MembershipDescriptor> membership(SecurityContext securityContext) {
		return new WebEndpointResponse<>(this.delegate.membership(isShown(securityContext)));
	}

	/**
	 * Describes one member.
	 * @param securityContext who asks
	 * @param uri the member's URI
	 * @return the member, or not found
	 */
	@ReadOperation
	public WebEndpointResponse<MemberDescriptor> member(SecurityContext securityContext, @Selector String uri) {
		return orNotFound(this.delegate.member(uri, isShown(securityContext)));
	}

	/**
	 * Acts on one member.
	 * @param uri the member's URI
	 * @param action {@code probe}, {@code add} or {@code mark-left}
	 * @return what came of it, or not found
	 */
	@WriteOperation
	public WebEndpointResponse<ActionDescriptor> actOnMember(@Selector String uri, String action) {
		return orNotFound(this.delegate.actOnMember(uri, action));
	}

	/**
	 * Removes one member from this node's view.
	 * @param uri the member's URI
	 * @return nothing, or not found
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> remove(@Selector String uri) {
		boolean removed = this.delegate.remove(uri);
		return new WebEndpointResponse<>(
				removed ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
	}

	private boolean isShown(SecurityContext securityContext) {
		return this.showValues.isShown(securityContext, this.roles);
	}

	private static <T> WebEndpointResponse<T> orNotFound(@Nullable T body) {
		return (body != null) ? new WebEndpointResponse<>(body)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}

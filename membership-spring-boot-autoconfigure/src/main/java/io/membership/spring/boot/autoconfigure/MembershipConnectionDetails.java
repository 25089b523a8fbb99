package io.membership.spring.boot.autoconfigure;

import java.util.List;

import io.membership.MemberUri;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details required to find the other members.
 */
public interface MembershipConnectionDetails extends ConnectionDetails {

	/**
	 * Returns the members to greet.
	 * @return any members of the mesh; this node itself may be among them
	 */
	List<MemberUri> getSeeds();

}

package io.membership.spring.boot.autoconfigure;

import java.util.List;

import io.membership.Seed;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details required to find the other members.
 */
public interface MembershipConnectionDetails extends ConnectionDetails {

	/**
	 * Returns the members to greet.
	 * @return any members of the mesh, and names that lead to some; this node itself may
	 * be among them
	 */
	List<? extends Seed> getSeeds();

}

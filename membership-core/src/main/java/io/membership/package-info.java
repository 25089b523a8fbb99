/**
 * Cluster membership over UDP: who is in the mesh, who is suspected, who died, who left,
 * and what each member says about itself. {@link io.membership.Membership} is the way in.
 */
@NullMarked
package io.membership;

import org.jspecify.annotations.NullMarked;

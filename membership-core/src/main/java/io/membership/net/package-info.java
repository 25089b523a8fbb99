/**
 * The network: one UDP socket, the thread that owns it, and where names and networks are
 * looked up.
 */
@NullMarked
package io.membership.net;

import org.jspecify.annotations.NullMarked;

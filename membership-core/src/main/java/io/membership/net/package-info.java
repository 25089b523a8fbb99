/**
 * The UDP socket, name resolution and broadcast addresses.
 */
@NullMarked
package io.membership.net;

import org.jspecify.annotations.NullMarked;

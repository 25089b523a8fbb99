/**
 * Messages to bytes and back: encoding, sealing and the size budget of a datagram.
 */
@NullMarked
package io.membership.wire;

import org.jspecify.annotations.NullMarked;

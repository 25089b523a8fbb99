/**
 * The protocol: a state machine without socket, thread, clock or randomness of its own.
 * Every input is a call of {@link io.membership.swim.SwimProtocol}, every output leaves
 * through {@link io.membership.swim.Environment}.
 */
@NullMarked
package io.membership.swim;

import org.jspecify.annotations.NullMarked;

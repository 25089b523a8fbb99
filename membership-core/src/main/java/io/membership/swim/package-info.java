/**
 * The SWIM protocol as a pure state machine, without sockets, threads or clocks of its
 * own.
 */
@NullMarked
package io.membership.swim;

import org.jspecify.annotations.NullMarked;

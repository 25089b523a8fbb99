/**
 * Real faults on real nodes, each on a host of its own: a network namespace of Linux.
 */
@NullMarked
package io.membership.faults;

import org.jspecify.annotations.NullMarked;

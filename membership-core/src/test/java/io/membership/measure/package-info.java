/**
 * Measurements of real nodes on real sockets, in processes that are really killed and
 * stopped.
 */
@NullMarked
package io.membership.measure;

import org.jspecify.annotations.NullMarked;

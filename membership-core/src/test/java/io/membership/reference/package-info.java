/**
 * The integration tests of the reference, tarantool/membership 2.5.3, in our words: one
 * class per file, cases in the same order, on real sockets with the same options.
 */
@NullMarked
package io.membership.reference;

import org.jspecify.annotations.NullMarked;

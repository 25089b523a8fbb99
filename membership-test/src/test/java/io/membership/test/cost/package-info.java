/**
 * What members cost, in counts that are the same on every machine.
 */
@NullMarked
package io.membership.test.cost;

import org.jspecify.annotations.NullMarked;

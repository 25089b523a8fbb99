/**
 * A mesh in memory: the real engine under virtual time, for tests of it and of what is
 * built on it.
 */
@NullMarked
package io.membership.test;

import org.jspecify.annotations.NullMarked;

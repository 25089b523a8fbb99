/**
 * Compiles, binds and parses what the documentation shows.
 */
@NullMarked
package io.membership.docs;

import org.jspecify.annotations.NullMarked;

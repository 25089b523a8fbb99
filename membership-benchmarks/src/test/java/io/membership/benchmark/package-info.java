/**
 * Benchmarks, and what they are reported with.
 */
@NullMarked
package io.membership.benchmark;

import org.jspecify.annotations.NullMarked;

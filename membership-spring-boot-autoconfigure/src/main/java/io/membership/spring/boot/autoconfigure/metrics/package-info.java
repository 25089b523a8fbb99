/**
 * Metrics of this node, and their auto-configuration.
 */
@NullMarked
package io.membership.spring.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;

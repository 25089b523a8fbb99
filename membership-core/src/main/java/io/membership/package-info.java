/**
 * Public API of the cluster membership engine.
 */
@NullMarked
package io.membership;

import org.jspecify.annotations.NullMarked;

/**
 * Health of this node, and its auto-configuration.
 */
@NullMarked
package io.membership.spring.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;

/**
 * Auto-configuration for cluster membership.
 */
@NullMarked
package io.membership.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;

/**
 * Actuator endpoint for cluster membership.
 */
@NullMarked
package io.membership.spring.boot.actuate.endpoint;

import org.jspecify.annotations.NullMarked;

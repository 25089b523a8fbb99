/**
 * Members as service instances of Spring Cloud, and their auto-configuration.
 */
@NullMarked
package io.membership.spring.boot.autoconfigure.discovery;

import org.jspecify.annotations.NullMarked;

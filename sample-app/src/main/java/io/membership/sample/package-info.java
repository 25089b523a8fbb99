/**
 * A Spring Boot application that joins a mesh.
 */
@NullMarked
package io.membership.sample;

import org.jspecify.annotations.NullMarked;

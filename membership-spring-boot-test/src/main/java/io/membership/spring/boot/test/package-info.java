/**
 * Tests of applications on a mesh in memory.
 */
@NullMarked
package io.membership.spring.boot.test;

import org.jspecify.annotations.NullMarked;

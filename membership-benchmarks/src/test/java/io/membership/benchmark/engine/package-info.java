/**
 * The engines that are compared, and the processes in which their nodes run.
 */
@NullMarked
package io.membership.benchmark.engine;

import org.jspecify.annotations.NullMarked;

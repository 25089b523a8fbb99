/**
 * The report on what simulation shows, {@code docs/simulation.md}.
 */
@NullMarked
package io.membership.test.report;

import org.jspecify.annotations.NullMarked;

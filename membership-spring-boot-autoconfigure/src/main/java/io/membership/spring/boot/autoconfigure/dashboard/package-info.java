/**
 * A page that shows the mesh as this node sees it, live, and its auto-configuration.
 */
@NullMarked
package io.membership.spring.boot.autoconfigure.dashboard;

import org.jspecify.annotations.NullMarked;

/**
 * The last changes of the mesh as this node saw them.
 */
@NullMarked
package io.membership.spring.boot.history;

import org.jspecify.annotations.NullMarked;

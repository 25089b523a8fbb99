/**
 * Nodes in processes of their own: how to start them, stop them, and learn what they see.
 */
@NullMarked
package io.membership.process;

import org.jspecify.annotations.NullMarked;

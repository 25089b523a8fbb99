package io.membership.swim;

/** A task that has been scheduled. */
@FunctionalInterface
public interface Cancellable {

	/** Prevents the task from running. Does nothing if it ran or was canceled. */
	void cancel();

}

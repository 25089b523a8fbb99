package io.membership.swim;

/**
 * A rumor that waits to be passed on. Its place in the order changes only while it is not
 * in the {@link Dissemination}, which alone does that.
 */
final class PendingRumor implements Comparable<PendingRumor> {

	private final boolean old;

	private Rumor rumor;

	private int copies;

	private long place;

	/**
	 * Creates a rumor that waits.
	 * @param old whether it was passed on by nobody when it arrived
	 * @param place its place among those that were sent as often; no two have the same
	 */
	PendingRumor(Rumor rumor, boolean old, long place) {
		this.rumor = rumor;
		this.old = old;
		this.place = place;
	}

	Rumor rumor() {
		return this.rumor;
	}

	void setRumor(Rumor rumor) {
		this.rumor = rumor;
	}

	boolean isOld() {
		return this.old;
	}

	/** Returns how many copies were sent, if that counts. */
	int copies() {
		return this.copies;
	}

	void sentOnceMore() {
		this.copies++;
	}

	void setPlace(long place) {
		this.place = place;
	}

	@Override
	public int compareTo(PendingRumor other) {
		if (this.old != other.old) {
			return this.old ? 1 : -1;
		}
		return (this.copies != other.copies) ? Integer.compare(this.copies, other.copies)
				: Long.compare(this.place, other.place);
	}

}

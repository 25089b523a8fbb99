package io.membership.test;

/**
 * Sees every datagram that members send to each other.
 */
@FunctionalInterface
public interface Wiretap {

	/**
	 * A datagram was sent; whether it arrives is another matter.
	 * @param from the member that sent it
	 * @param to the member that it was sent to
	 * @param datagram the bytes, not to be changed
	 */
	void onDatagram(int from, int to, byte[] datagram);

}

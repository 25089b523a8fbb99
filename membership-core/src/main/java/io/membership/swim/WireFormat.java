package io.membership.swim;

/**
 * What the protocol must know of the encoding to fill a datagram exactly to its limit.
 */
public interface WireFormat {

	/**
	 * Returns the encoded size of a message.
	 * @param message the message
	 * @return bytes, before encryption
	 */
	int sizeOf(Message message);

	/**
	 * Returns the encoded size of a rumor as an event.
	 * @param rumor the rumor
	 * @return bytes, without what the surrounding array costs
	 */
	int sizeOfEvent(Rumor rumor);

	/**
	 * Returns the encoded size of a rumor as an entry of a SYNC message.
	 * @param rumor the rumor
	 * @return bytes, without what the surrounding array costs
	 */
	int sizeOfEntry(Rumor rumor);

	/**
	 * Returns what the header of an array costs.
	 * @param elements how many elements the array has
	 * @return bytes
	 */
	int sizeOfArrayHeader(int elements);

	/**
	 * Returns how much a datagram can hold.
	 * @param maxPacketSize the limit after encryption, in bytes
	 * @return the limit before encryption, in bytes
	 */
	int capacity(int maxPacketSize);

	/**
	 * Returns the payload of a node that never set one.
	 * @return the empty payload
	 */
	Payload emptyPayload();

}

package io.membership.process;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A question that a name server was asked, and its answers (RFC 1035 §4).
 */
public final class DnsQuestion {

	private static final int HEADER = 12;

	private static final int RESPONSE = 0x8180;

	private static final int NO_SUCH_NAME = 3;

	private static final int CLASS_IN = 1;

	private static final int POINTER_TO_QUESTION = 0xc000 + HEADER;

	private final byte[] id;

	private final byte[] question;

	private final String name;

	private final int type;

	private DnsQuestion(byte[] id, byte[] question, String name, int type) {
		this.id = id;
		this.question = question;
		this.name = name;
		this.type = type;
	}

	/**
	 * Reads a datagram.
	 * @param datagram a datagram with one question
	 * @return the question
	 */
	public static DnsQuestion read(byte[] datagram) {
		StringBuilder name = new StringBuilder();
		int at = HEADER;
		while (datagram[at] != 0) {
			name.append((name.length() > 0) ? "." : "")
				.append(new String(datagram, at + 1, datagram[at], StandardCharsets.US_ASCII));
			at += datagram[at] + 1;
		}
		return new DnsQuestion(Arrays.copyOf(datagram, 2), Arrays.copyOfRange(datagram, HEADER, at + 5),
				name.toString(), datagram[at + 2]);
	}

	/**
	 * Returns the name that it is about.
	 * @return labels with dots between them
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Answers that there is no such name.
	 * @return the datagram
	 */
	public byte[] noSuchName() {
		return answer(RESPONSE + NO_SUCH_NAME, 0, List.of());
	}

	/**
	 * Answers with the records of a type, or with none if it asks for another one.
	 * @param recordType the type of all records
	 * @param records the content of each
	 * @return the datagram
	 */
	public byte[] answer(int recordType, List<byte[]> records) {
		return answer(RESPONSE, recordType, (this.type == recordType) ? records : List.of());
	}

	private byte[] answer(int flags, int recordType, List<byte[]> records) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream answer = new DataOutputStream(bytes)) {
			answer.write(this.id);
			answer.writeShort(flags);
			answer.writeShort(1);
			answer.writeShort(records.size());
			answer.writeInt(0);
			answer.write(this.question);
			for (byte[] content : records) {
				answer.writeShort(POINTER_TO_QUESTION);
				answer.writeShort(recordType);
				answer.writeShort(CLASS_IN);
				answer.writeInt(0);
				answer.writeShort(content.length);
				answer.write(content);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}

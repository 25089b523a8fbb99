package io.membership.spring.boot.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.membership.Binary;
import io.membership.InvalidPayloadException;
import io.membership.Member;
import io.membership.Membership;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what members say about themselves as Java types, and writes what this node says.
 * Integers are exact over the whole range of the wire, −2<sup>63</sup> to
 * 2<sup>64</sup>−1; everything else is as the {@link JsonMapper} does it. Thread-safe.
 */
public final class PayloadMapper {

	private final Membership membership;

	private final JsonMapper jsonMapper;

	/**
	 * Creates a mapper.
	 * @param membership the node whose payload is written
	 * @param jsonMapper how to convert
	 */
	public PayloadMapper(Membership membership, JsonMapper jsonMapper) {
		this.membership = membership;
		this.jsonMapper = jsonMapper;
	}

	/**
	 * Reads the whole payload of a member.
	 * @param <T> the type to read
	 * @param member the member
	 * @param type the type to read, with a property for each entry of interest
	 * @return the payload
	 * @throws tools.jackson.core.JacksonException if the payload does not fit the type
	 */
	public <T> T read(Member member, Class<T> type) {
		return this.jsonMapper.convertValue(plain(member.payload()), type);
	}

	/**
	 * Reads one entry of a member's payload.
	 * @param <T> the type to read
	 * @param member the member
	 * @param key the entry's name
	 * @param type the type to read
	 * @return the value, or {@code null} if there is no such entry
	 * @throws tools.jackson.core.JacksonException if the value does not fit the type
	 */
	public <T> @Nullable T read(Member member, String key, Class<T> type) {
		Object value = member.payload().get(key);
		return (value != null) ? this.jsonMapper.convertValue(plain(value), type) : null;
	}

	/**
	 * Writes one entry of this node's payload.
	 * @param key the entry's name
	 * @param value the value; {@code null} removes the entry
	 * @throws tools.jackson.core.JacksonException if the value cannot be converted
	 * @throws InvalidPayloadException if the payload would no longer fit one datagram;
	 * nothing is changed then
	 */
	public void write(String key, @Nullable Object value) {
		this.membership.setPayload(key,
				(value != null) ? this.jsonMapper.convertValue(plain(value), Object.class) : null);
	}

	/**
	 * Writes each property of a value as an entry of this node's payload, all at once.
	 * Entries without a property are left alone; a property that is {@code null} removes
	 * its entry.
	 * @param value the value, an object or a map
	 * @throws tools.jackson.core.JacksonException if the value cannot be converted
	 * @throws InvalidPayloadException if the payload would no longer fit one datagram;
	 * nothing is changed then
	 */
	public void write(Object value) {
		JavaType map = this.jsonMapper.getTypeFactory()
			.constructMapType(LinkedHashMap.class, String.class, Object.class);
		Map<String, @Nullable Object> entries = this.jsonMapper.convertValue(plain(value), map);
		this.membership.setPayload(entries);
	}

	/** Turns what Jackson does not know into what it knows. */
	private static @Nullable Object plain(@Nullable Object value) {
		if (value instanceof Binary binary) {
			return binary.toByteArray();
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> result = new LinkedHashMap<>();
			map.forEach((key, element) -> result.put(key, plain(element)));
			return result;
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream().map(PayloadMapper::plain).toList();
		}
		return value;
	}

}

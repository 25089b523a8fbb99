package io.membership.sample;

import java.util.List;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code GET /members} answers.
 */
record MemberList(List<JsonNode> members) {

	private static final JsonMapper MAPPER = new JsonMapper();

	static MemberList of(String json) {
		return new MemberList(StreamSupport.stream(MAPPER.readTree(json).spliterator(), false).toList());
	}

	/** Returns the URIs of the members with a status. */
	List<String> withStatus(String status) {
		return this.members.stream()
			.filter((member) -> member.path("status").asString().equals(status))
			.map(MemberList::uri)
			.toList();
	}

	/** Returns the URI of the member with a name. */
	String named(String name) {
		return this.members.stream()
			.filter((member) -> member.path("payload").path("name").asString().equals(name))
			.map(MemberList::uri)
			.findFirst()
			.orElseThrow();
	}

	private static String uri(JsonNode member) {
		return member.path("uri").asString();
	}

}

package io.membership.sample;

import java.util.List;
import java.util.Map;

import io.membership.Member;
import io.membership.Membership;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Shows the members, and takes those of the demonstration out of the mesh.
 */
@RestController
class MembersController {

	private final Membership membership;

	private final DemoMembers demo;

	MembersController(Membership membership, DemoMembers demo) {
		this.membership = membership;
		this.demo = demo;
	}

	@GetMapping("/members")
	List<MemberLine> members() {
		return this.membership.members()
			.values()
			.stream()
			.sorted((one, other) -> one.uri().compareTo(other.uri()))
			.map(MemberLine::of)
			.toList();
	}

	@PostMapping("/demo/members/{uri}/stop")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void stop(@PathVariable String uri) {
		find(uri).close();
	}

	@PostMapping("/demo/members/{uri}/crash")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void crash(@PathVariable String uri) {
		find(uri).crash();
	}

	@PostMapping("/demo/members/{uri}/start")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void start(@PathVariable String uri) {
		find(uri).start();
	}

	private Membership find(String uri) {
		return this.demo.find(uri)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					uri + " is not a member of the demonstration"));
	}

	/**
	 * One line of the answer.
	 *
	 * @param uri the member
	 * @param status the reference's name of its status
	 * @param incarnation its incarnation
	 * @param payload what it says about itself
	 */
	record MemberLine(String uri, String status, long incarnation, Map<String, @Nullable Object> payload) {

		static MemberLine of(Member member) {
			return new MemberLine(member.uri().toString(), member.status().displayName(), member.incarnation(),
					member.payload());
		}

	}

}

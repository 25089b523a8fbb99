package io.membership.spring.boot.actuate.endpoint;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.spring.boot.actuate.endpoint.MembershipEndpoint.EvidenceDescriptor;
import io.membership.spring.boot.history.MembershipChange;
import io.membership.spring.boot.history.MembershipHistory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@link Endpoint @Endpoint} to see the last changes of the mesh, and why they happened.
 */
@Endpoint(id = "membershiphistory", defaultAccess = Access.READ_ONLY)
public class MembershipHistoryEndpoint {

	private final MembershipHistory history;

	/**
	 * Creates an endpoint.
	 * @param history the changes to show
	 */
	public MembershipHistoryEndpoint(MembershipHistory history) {
		this.history = history;
	}

	/**
	 * Describes the changes that are remembered, the oldest one first.
	 * @param uri the member to which to restrict them, or {@code null} for all members
	 * @param since the id of a change, or a point in time in ISO 8601, after which they
	 * happened, or {@code null} for all of them
	 * @return the changes
	 */
	@ReadOperation
	public HistoryDescriptor history(@Nullable String uri, @Nullable String since) {
		Predicate<MembershipChange> filter = isAbout(uri).and(isAfter(since));
		// First, so that whoever goes on from it misses nothing that happens meanwhile
		long lastId = this.history.lastId();
		List<ChangeDescriptor> changes = this.history.changes(filter).stream().map(ChangeDescriptor::of).toList();
		return new HistoryDescriptor(this.history.size(), lastId, changes);
	}

	private static Predicate<MembershipChange> isAbout(@Nullable String uri) {
		if (uri == null) {
			return (change) -> true;
		}
		MemberUri parsed = MemberUri.tryParse(uri);
		if (parsed == null) {
			throw new InvalidEndpointRequestException("'" + uri + "' is not a member URI", "Malformed member URI");
		}
		return (change) -> change.uri().equals(parsed);
	}

	private static Predicate<MembershipChange> isAfter(@Nullable String since) {
		if (since == null) {
			return (change) -> true;
		}
		try {
			if (since.chars().allMatch((c) -> c >= '0' && c <= '9')) {
				long id = Long.parseLong(since);
				return (change) -> change.id() > id;
			}
			Instant instant = Instant.parse(since);
			return (change) -> change.timestamp().isAfter(instant);
		}
		catch (NumberFormatException | DateTimeParseException ex) {
			throw new InvalidEndpointRequestException("'" + since + "' is neither an id nor a point in time",
					"Malformed since: use the id of a change, or a time such as 2026-01-31T12:00:00Z", ex);
		}
	}

	/**
	 * Description of the last changes.
	 *
	 * @param size how many changes are remembered at most
	 * @param lastId the id of the last change when this was asked, whether or not it is
	 * among these; lower than it was if the process was started anew
	 * @param changes the changes, the oldest one first
	 */
	public record HistoryDescriptor(int size, long lastId,
			List<ChangeDescriptor> changes) implements OperationResponseBody {

	}

	/**
	 * Description of one change.
	 *
	 * @param id the number of this change, from 1 when the process starts
	 * @param timestamp when this node noticed
	 * @param uri the URI of the member
	 * @param from the lower-case name of the status before, or {@code null} if the member
	 * is new
	 * @param to the lower-case name of the status after, or {@code null} if the member
	 * was removed
	 * @param incarnation the member's version of itself
	 * @param evidence why this node believes so
	 */
	public record ChangeDescriptor(long id, Instant timestamp, String uri, @Nullable String from, @Nullable String to,
			long incarnation, EvidenceDescriptor evidence) {

		static ChangeDescriptor of(MembershipChange change) {
			return new ChangeDescriptor(change.id(), change.timestamp(), change.uri().toString(), name(change.from()),
					name(change.to()), change.incarnation(),
					Objects.requireNonNull(EvidenceDescriptor.of(change.evidence())));
		}

		private static @Nullable String name(@Nullable MemberStatus status) {
			return (status != null) ? status.displayName() : null;
		}

	}

}

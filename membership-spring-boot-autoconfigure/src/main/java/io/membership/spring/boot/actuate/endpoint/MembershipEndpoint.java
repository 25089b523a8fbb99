package io.membership.spring.boot.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.membership.Evidence;
import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipOptions;
import io.membership.ProbeResult;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} to see the mesh as this node sees it, and to act on it.
 */
@Endpoint(id = "membership", defaultAccess = Access.READ_ONLY)
public class MembershipEndpoint {

	/** Well above any ack timeout, for names that take long to resolve. */
	private static final Duration PROBE_PATIENCE = Duration.ofSeconds(10);

	private final Membership membership;

	private final int broadcastPort;

	private final PayloadSanitizer sanitizer;

	private final Show showValues;

	/**
	 * Creates an endpoint.
	 * @param membership the node
	 * @param broadcastPort the port to greet by broadcast, 0 for the node's own
	 * @param sanitizingFunctions what to hide in payloads that are shown
	 * @param showValues when to show the values of payloads
	 */
	public MembershipEndpoint(Membership membership, int broadcastPort,
			Iterable<SanitizingFunction> sanitizingFunctions, Show showValues) {
		this.membership = membership;
		this.broadcastPort = broadcastPort;
		this.sanitizer = new PayloadSanitizer(sanitizingFunctions);
		this.showValues = showValues;
	}

	/**
	 * Describes this node's view of the mesh.
	 * @return this node, its options and all members
	 */
	@ReadOperation
	public MembershipDescriptor membership() {
		return membership(isShownToAnybody());
	}

	MembershipDescriptor membership(boolean showUnsanitized) {
		Map<MemberUri, Member> members = this.membership.members();
		return new MembershipDescriptor(describe(this.membership.myself(), showUnsanitized), counts(members.values()),
				this.membership.options(), this.membership.isEncrypted(),
				members.values()
					.stream()
					.sorted((left, right) -> left.uri().compareTo(right.uri()))
					.map((member) -> describe(member, showUnsanitized))
					.toList());
	}

	/**
	 * Describes one member.
	 * @param uri the member's URI
	 * @return the member, or {@code null} if it is unknown
	 */
	@ReadOperation
	public @Nullable MemberDescriptor member(@Selector String uri) {
		return member(uri, isShownToAnybody());
	}

	@Nullable MemberDescriptor member(String uri, boolean showUnsanitized) {
		return find(uri).map((member) -> describe(member, showUnsanitized)).orElse(null);
	}

	/**
	 * Acts on this node.
	 * @param action {@code leave}, {@code rejoin} or {@code broadcast}
	 * @return what came of it
	 */
	@WriteOperation
	public ActionDescriptor act(String action) {
		return switch (action) {
			case "leave" -> ActionDescriptor.of(action, this.membership.leave());
			case "rejoin" -> rejoin(action);
			case "broadcast" -> broadcast(action);
			default -> throw unknownAction(action, "leave, rejoin, broadcast");
		};
	}

	private ActionDescriptor rejoin(String action) {
		boolean running = this.membership.state().running();
		this.membership.rejoin();
		return ActionDescriptor.of(action, !running);
	}

	private ActionDescriptor broadcast(String action) {
		int port = (this.broadcastPort != 0) ? this.broadcastPort : this.membership.myself().uri().port();
		int networks = (port != 0) ? this.membership.broadcast(port) : 0;
		return new ActionDescriptor(action, (networks > 0) ? "sent" : "not-sent", null, null, networks);
	}

	/**
	 * Acts on one member.
	 * @param uri the member's URI
	 * @param action {@code probe}, {@code add} or {@code mark-left}
	 * @return what came of it, or {@code null} if the member would have to be known and
	 * is not
	 */
	@WriteOperation
	public @Nullable ActionDescriptor actOnMember(@Selector String uri, String action) {
		return switch (action) {
			case "probe" -> probe(action, parse(uri));
			case "add" -> add(action, parse(uri));
			case "mark-left" ->
				find(uri).isPresent() ? ActionDescriptor.of(action, this.membership.markLeft(parse(uri))) : null;
			default -> throw unknownAction(action, "probe, add, mark-left");
		};
	}

	private ActionDescriptor probe(String action, MemberUri uri) {
		ProbeResult result = await(uri);
		if (result instanceof ProbeResult.Alive alive) {
			return new ActionDescriptor(action, "alive", alive.roundTripTime(), null, null);
		}
		if (result instanceof ProbeResult.NotSent notSent) {
			return new ActionDescriptor(action, "not-sent", null, notSent.reason(), null);
		}
		return new ActionDescriptor(action, "no-response", null, null, null);
	}

	private ProbeResult await(MemberUri uri) {
		try {
			return this.membership.probeUri(uri).get(PROBE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return new ProbeResult.NotSent("The name did not resolve in time");
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Probing " + uri + " failed", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new ProbeResult.NotSent("Interrupted");
		}
	}

	private ActionDescriptor add(String action, MemberUri uri) {
		boolean alive = this.membership.member(uri)
			.filter((member) -> member.status() != MemberStatus.LEFT)
			.isPresent();
		this.membership.addMember(uri);
		return ActionDescriptor.of(action, !alive);
	}

	/**
	 * Removes one member from this node's view.
	 * @param uri the member's URI
	 * @return whether the member was known
	 */
	@DeleteOperation
	public boolean remove(@Selector String uri) {
		Optional<Member> member = find(uri);
		if (member.isPresent() && member.get().uri().equals(this.membership.myself().uri())) {
			throw new InvalidEndpointRequestException("A node cannot remove itself", "Use the action leave instead");
		}
		member.ifPresent((known) -> this.membership.removeMember(known.uri()));
		return member.isPresent();
	}

	private boolean isShownToAnybody() {
		return this.showValues.isShown(SecurityContext.NONE, Set.of());
	}

	private Optional<Member> find(String uri) {
		MemberUri parsed = MemberUri.tryParse(uri);
		return (parsed != null) ? this.membership.member(parsed) : Optional.empty();
	}

	private static MemberUri parse(String uri) {
		try {
			return MemberUri.parse(uri);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()), "Malformed member URI", ex);
		}
	}

	private static InvalidEndpointRequestException unknownAction(String action, String known) {
		return new InvalidEndpointRequestException("Unknown action '" + action + "': use one of " + known,
				"Unknown action: use one of " + known);
	}

	private static Map<String, Integer> counts(Collection<Member> members) {
		Map<String, Integer> counts = new LinkedHashMap<>();
		for (MemberStatus status : MemberStatus.values()) {
			counts.put(status.displayName(), 0);
		}
		members.forEach((member) -> counts.merge(member.status().displayName(), 1, Integer::sum));
		return counts;
	}

	private MemberDescriptor describe(Member member, boolean showUnsanitized) {
		return new MemberDescriptor(member.uri().toString(), member.status().displayName(), member.incarnation(),
				this.sanitizer.sanitize(member.payload(), showUnsanitized), member.timestamp(), member.clockDelta(),
				member.roundTripTime(), EvidenceDescriptor.of(member.evidence()));
	}

	/**
	 * Description of this node's view of the mesh.
	 *
	 * @param self this node
	 * @param counts the number of members by status
	 * @param options the options in use
	 * @param encrypted whether datagrams are encrypted
	 * @param members all members, this node included, by URI
	 */
	public record MembershipDescriptor(MemberDescriptor self, Map<String, Integer> counts, MembershipOptions options,
			boolean encrypted, List<MemberDescriptor> members) implements OperationResponseBody {

	}

	/**
	 * Description of one member.
	 *
	 * @param uri the URI
	 * @param status the lower-case name of the status
	 * @param incarnation the member's version of itself
	 * @param payload what the member says about itself; values may be hidden
	 * @param timestamp when this node last heard of or from the member
	 * @param clockDelta how far the member's clock is ahead of this node's, if measured
	 * @param roundTripTime how long the member takes to answer, if measured
	 * @param evidence why its status last changed, if it did
	 */
	public record MemberDescriptor(String uri, String status, long incarnation, Map<String, @Nullable Object> payload,
			Instant timestamp, @Nullable Duration clockDelta, @Nullable Duration roundTripTime,
			@Nullable EvidenceDescriptor evidence) implements OperationResponseBody {

	}

	/**
	 * Description of why the status of a member changed.
	 *
	 * @param summary all of it in one line, for people
	 * @param cause the lower-case name of the cause
	 * @param reporter the URI of the member that brought the news, if any
	 * @param helpersAsked how many members were asked to probe the member in vain
	 * @param negativeAcks how many of these said that they hear nothing either
	 * @param silentHelpers how many of these could have said so, and did not
	 * @param accusers the URIs of those that probed the member in vain
	 * @param refused the URIs of those accusers that found that nothing listens there
	 * @param suspectedFor for how long the member had been suspected, if that ended
	 */
	public record EvidenceDescriptor(String summary, String cause, @Nullable String reporter, int helpersAsked,
			int negativeAcks, int silentHelpers, List<String> accusers, List<String> refused,
			@Nullable Duration suspectedFor) {

		static @Nullable EvidenceDescriptor of(@Nullable Evidence evidence) {
			if (evidence == null) {
				return null;
			}
			MemberUri reporter = evidence.reporter();
			return new EvidenceDescriptor(evidence.toString(), evidence.cause().displayName(),
					(reporter != null) ? reporter.toString() : null, evidence.helpersAsked(), evidence.negativeAcks(),
					evidence.silentHelpers(), uris(evidence.accusers()), uris(evidence.refused()),
					evidence.suspectedFor());
		}

		private static List<String> uris(List<MemberUri> uris) {
			return uris.stream().map(MemberUri::toString).toList();
		}

	}

	/**
	 * Description of what came of an action.
	 *
	 * @param action the action
	 * @param result the result in one word
	 * @param roundTripTime for an answered probe, the time to the answer
	 * @param reason for a probe that was not sent, why
	 * @param networks for a broadcast, to how many networks it went
	 */
	public record ActionDescriptor(String action, String result, @Nullable Duration roundTripTime,
			@Nullable String reason, @Nullable Integer networks) implements OperationResponseBody {

		static ActionDescriptor of(String action, boolean done) {
			return new ActionDescriptor(action, done ? "done" : "unchanged", null, null, null);
		}

	}

}

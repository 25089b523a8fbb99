package io.membership.spring.boot.autoconfigure.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.membership.Evidence;
import io.membership.Member;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.MembershipEvent;
import io.membership.spring.boot.history.MembershipChange;
import org.jspecify.annotations.Nullable;

/**
 * What the page is told of members and of changes, as JSON: nothing of a payload but the
 * zone. Thread-safe.
 */
final class DashboardView {

	private static final int LONGEST_ZONE = 64;

	/** Entry of the payload that describes a service, where Spring Cloud is used. */
	private static final String SERVICE = "discovery";

	/** Zone in the description of a service. */
	private static final String SERVICE_ZONE = "z";

	private final String zoneKey;

	/** Since when members have their status, where this node saw it begin. */
	private final Map<MemberUri, Instant> since = new ConcurrentHashMap<>();

	DashboardView(String zoneKey) {
		this.zoneKey = zoneKey;
	}

	void note(MembershipEvent event, Instant now) {
		if (event instanceof MemberStatusChangedEvent change) {
			this.since.put(change.member().uri(), now);
		}
		else if (event instanceof MemberRemovedEvent removal) {
			this.since.remove(removal.member().uri());
		}
	}

	/** Describes everything. */
	String state(MemberUri self, Instant now, Collection<Member> members, List<MembershipChange> changes) {
		Json json = new Json();
		return json.object(() -> {
			json.field("self", self.toString());
			json.field("now", now.toEpochMilli());
			json.array("members", () -> members.forEach((member) -> add(json, member)));
			json.array("changes", () -> changes.forEach((change) -> add(json, change)));
		}).toString();
	}

	/** Describes what has changed. */
	String change(MemberUri self, Instant now, List<Member> members, List<MemberUri> removed,
			List<MembershipChange> changes) {
		Json json = new Json();
		return json.object(() -> {
			json.field("self", self.toString());
			json.field("now", now.toEpochMilli());
			json.array("members", () -> members.forEach((member) -> add(json, member)));
			json.array("removed", () -> removed.forEach((uri) -> json.value(uri.toString())));
			json.array("changes", () -> changes.forEach((change) -> add(json, change)));
		}).toString();
	}

	private void add(Json json, Member member) {
		Instant since = this.since.get(member.uri());
		json.object(() -> {
			json.field("uri", member.uri().toString());
			json.field("status", member.status().displayName());
			json.field("incarnation", member.incarnation());
			json.field("zone", zone(member));
			json.field("rtt", millis(member.roundTripTime()));
			json.field("since", (since != null) ? since.toEpochMilli() : null);
		});
	}

	private @Nullable String zone(Member member) {
		Object zone = member.payload().get(this.zoneKey);
		if (zone == null && member.payload().get(SERVICE) instanceof Map<?, ?> service) {
			zone = service.get(SERVICE_ZONE);
		}
		if (!(zone instanceof String) && !(zone instanceof Number)) {
			return null;
		}
		String text = zone.toString();
		return (text.length() <= LONGEST_ZONE) ? text : text.substring(0, LONGEST_ZONE - 1) + '\u2026';
	}

	private static @Nullable Double millis(@Nullable Duration duration) {
		return (duration != null) ? Math.round(duration.toNanos() / 1e3) / 1e3 : null;
	}

	private static void add(Json json, MembershipChange change) {
		json.object(() -> {
			json.field("id", change.id());
			json.field("at", change.timestamp().toEpochMilli());
			json.field("uri", change.uri().toString());
			json.field("from", name(change.from()));
			json.field("to", name(change.to()));
			json.object("evidence", () -> add(json, change.evidence()));
		});
	}

	private static void add(Json json, Evidence evidence) {
		json.field("summary", evidence.toString());
		json.field("cause", evidence.cause().displayName());
		json.field("reporter", (evidence.reporter() != null) ? evidence.reporter().toString() : null);
		json.field("helpers", evidence.helpersAsked());
		json.field("suspected", millis(evidence.suspectedFor()));
		json.array("accusers", () -> evidence.accusers().forEach((uri) -> json.value(uri.toString())));
	}

	private static @Nullable String name(@Nullable MemberStatus status) {
		return (status != null) ? status.displayName() : null;
	}

}

package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.Member;
import io.membership.MemberIncarnationChangedEvent;
import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All known members; the one place where a rumor is compared with what is known, and
 * where a change becomes visible to the outside.
 */
final class MemberTable {

	private static final Logger logger = LoggerFactory.getLogger(MemberTable.class);

	private final Environment environment;

	private final Map<MemberUri, MemberRecord> byUri = new HashMap<>();

	/** The same records in an order that sampling may change at any time. */
	private final List<MemberRecord> records = new ArrayList<>();

	private Set<MemberUri> allowed = Set.of();

	private MemberUri self;

	MemberTable(Environment environment, MemberUri self) {
		this.environment = environment;
		this.self = self;
	}

	/** Returns this node's own record. */
	MemberRecord self() {
		MemberRecord record = this.byUri.get(this.self);
		if (record == null) {
			throw new IllegalStateException("This node is not in its own table");
		}
		return record;
	}

	/** Returns this node's own URI. */
	MemberUri selfUri() {
		return this.self;
	}

	boolean isSelf(@Nullable MemberUri uri) {
		return this.self.equals(uri);
	}

	/** Makes another URI this node's own; it must be adopted next. */
	void renameSelf(MemberUri uri) {
		this.self = uri;
	}

	@Nullable MemberRecord get(@Nullable MemberUri uri) {
		return this.byUri.get(uri);
	}

	int size() {
		return this.records.size();
	}

	/** Returns all records, in no order. Not to be kept over a change. */
	List<MemberRecord> records() {
		return this.records;
	}

	/** Whether anybody else is alive. */
	boolean hasCompany() {
		return this.records.stream().anyMatch((record) -> record.isAlive() && !isSelf(record.uri()));
	}

	/** Returns those members that fit, in random order. */
	List<MemberUri> shuffled(Predicate<MemberRecord> condition) {
		List<MemberUri> uris = new ArrayList<>(this.records.size());
		for (int i = 0; i < this.records.size(); i++) {
			MemberRecord record = draw(i);
			if (condition.test(record)) {
				uris.add(record.uri());
			}
		}
		return uris;
	}

	/**
	 * Draws the next of a random sequence of different members (Fisher and Yates), so
	 * that a few of many cost no more than a few.
	 * @param drawn how many were drawn before in this sequence, less than {@link #size()}
	 */
	MemberRecord draw(int drawn) {
		int chosen = this.environment.random().nextInt(drawn, this.records.size());
		MemberRecord record = this.records.get(chosen);
		place(this.records.get(drawn), chosen);
		place(record, drawn);
		return record;
	}

	private void place(MemberRecord record, int index) {
		this.records.set(index, record);
		record.index = index;
	}

	/**
	 * Believes a rumor if it is newer than what is known.
	 * @return whether it was believed
	 */
	boolean adopt(Rumor rumor, Evidence evidence) {
		MemberRecord record = this.byUri.get(rumor.uri());
		if (record != null
				&& !Rumor.supersedes(rumor.status(), rumor.incarnation(), record.status(), record.incarnation())) {
			return false;
		}
		if (!admits(rumor)) {
			return record != null && remove(record.uri(), Evidence.own(Cause.NOT_ALLOWED));
		}
		long nowMicros = this.environment.nowMicros();
		long nowNanos = this.environment.nanoTime();
		if (record == null) {
			record = insert(new MemberRecord(rumor.uri(), rumor.status(), rumor.incarnation()));
			record.update(rumor, nowMicros, nowNanos);
			Member member = show(record);
			publishStatus(member, null, evidence);
			return true;
		}
		Member before = record.toMember();
		record.update(rumor, nowMicros, nowNanos);
		publishDifference(before, show(record), evidence);
		return true;
	}

	private MemberRecord insert(MemberRecord record) {
		this.byUri.put(record.uri(), record);
		this.records.add(record);
		record.index = this.records.size() - 1;
		return record;
	}

	/** Notes that a member answered a probe. */
	void heardFrom(MemberRecord record, @Nullable Duration clockDelta) {
		record.heardFrom(clockDelta, this.environment.nowMicros(), this.environment.nanoTime());
		show(record);
	}

	/** Forgets a member; this node itself stays. */
	boolean remove(MemberUri uri, Evidence evidence) {
		if (isSelf(uri)) {
			return false;
		}
		MemberRecord record = this.byUri.remove(uri);
		if (record == null) {
			return false;
		}
		MemberRecord last = this.records.remove(this.records.size() - 1);
		if (last != record) {
			place(last, record.index);
		}
		this.environment.hide(uri);
		logger.info("member={} removed evidence=\"{}\"", uri, evidence);
		this.environment.publish(new MemberRemovedEvent(record.toMember(), evidence));
		return true;
	}

	/** Restricts the table; an empty list allows everybody. */
	void allow(Collection<MemberUri> uris) {
		this.allowed = Set.copyOf(uris);
		if (!this.allowed.isEmpty()) {
			List<MemberUri> known = List.copyOf(this.byUri.keySet());
			known.stream()
				.filter((uri) -> !this.allowed.contains(uri))
				.forEach((uri) -> remove(uri, Evidence.own(Cause.NOT_ALLOWED)));
		}
	}

	/** Members that are not on the list are only tolerated as long as they are alive. */
	private boolean admits(Rumor rumor) {
		return this.allowed.isEmpty() || this.allowed.contains(rumor.uri()) || isSelf(rumor.uri())
				|| rumor.status() == MemberStatus.ALIVE || rumor.status() == MemberStatus.NON_DECRYPTABLE;
	}

	private Member show(MemberRecord record) {
		Member member = record.toMember();
		this.environment.show(member);
		return member;
	}

	private void publishDifference(Member before, Member after, Evidence evidence) {
		boolean statusChanged = before.status() != after.status();
		boolean payloadChanged = !before.payload().equals(after.payload());
		if (statusChanged) {
			publishStatus(after, before.status(), evidence);
		}
		if (payloadChanged) {
			this.environment.publish(new MemberPayloadChangedEvent(after, before.payload(), evidence));
		}
		if (!statusChanged && !payloadChanged) {
			this.environment.publish(new MemberIncarnationChangedEvent(after, before.incarnation(), evidence));
		}
	}

	private void publishStatus(Member member, @Nullable MemberStatus previous, Evidence evidence) {
		logger.info("member={} status={} was={} incarnation={} evidence=\"{}\"", member.uri(), member.status(),
				(previous != null) ? previous : "unknown", member.incarnation(), evidence);
		this.environment.observer().statusChanged(previous, member.status());
		this.environment.publish(new MemberStatusChangedEvent(member, previous, evidence));
	}

}

package io.membership.swim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberIncarnationChangedEvent;
import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * All known members; the one place where a rumor is compared with what is known, and
 * where a change becomes visible to the outside.
 */
final class MemberTable {

	private static final Logger logger = LoggerFactory.getLogger(MemberTable.class);

	private final Environment environment;

	private final MemberStore members = new MemberStore();

	private final SharedSupplements supplements = new SharedSupplements();

	private final Suspicions suspicions = new Suspicions((uri) -> get(uri) != null);

	private final Findings findings = new Findings();

	private final Gone gone = new Gone();

	private final Unreadable unreadable = new Unreadable();

	private final Tombstones tombstones = new Tombstones();

	private Consumer<MemberUri> whenNew = (uri) -> {
	};

	private final Admission admission;

	private MemberUri self;

	MemberTable(Environment environment, MemberUri self) {
		this.environment = environment;
		this.admission = new Admission(environment);
		this.self = self;
	}

	/** Sets who is told of members that were not known before. */
	void whenNew(Consumer<MemberUri> listener) {
		this.whenNew = listener;
	}

	/** Returns what this node knows of itself. */
	Rumor self() {
		Rumor known = get(this.self);
		if (known == null) {
			throw new IllegalStateException("This node is not in its own table");
		}
		return known;
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

	/** Returns what is known of a member. */
	@Nullable Rumor get(@Nullable MemberUri uri) {
		int place = (uri != null) ? this.members.find(uri) : UriIndex.ABSENT;
		return (place != UriIndex.ABSENT) ? this.members.at(place) : null;
	}

	int size() {
		return this.members.size();
	}

	/** Returns this view in one number, see {@link ViewDigest}. */
	long digest() {
		return this.members.digest();
	}

	/** Returns what is known of each member, in no order. */
	Stream<Rumor> all() {
		return IntStream.range(0, this.members.size()).mapToObj(this.members::at);
	}

	/** Passes on what is known of each member, in no order. */
	void forEach(Consumer<Rumor> action) {
		for (int place = 0; place < this.members.size(); place++) {
			action.accept(this.members.at(place));
		}
	}

	/** Returns who is suspected at the moment. */
	Suspicions suspicions() {
		return this.suspicions;
	}

	/** Returns who is dead, non-decryptable or left at the moment. */
	Gone gone() {
		return this.gone;
	}

	/** Returns from whom something came that could not be read. */
	Unreadable unreadable() {
		return this.unreadable;
	}

	/** Returns who may be a member at all. */
	Admission admission() {
		return this.admission;
	}

	/** Returns what is left of those that are no members any more. */
	Tombstones tombstones() {
		return this.tombstones;
	}

	/**
	 * Returns what to tell somebody of itself: what is known of it, or that it is dead.
	 */
	@Nullable Rumor opinionOf(MemberUri uri) {
		Rumor known = get(uri);
		Rumor last = (known == null) ? this.tombstones.of(uri) : null;
		return (last != null) ? new Rumor(uri, MemberStatus.DEAD, last.incarnation(), null, 0) : known;
	}

	/** Returns how many members are alive. */
	int alive() {
		return this.members.alive();
	}

	/** Whether anybody else is alive. */
	boolean hasCompany() {
		Rumor known = get(this.self);
		return this.members.alive() > ((known != null && known.isAlive()) ? 1 : 0);
	}

	/** Draws members at random, until the table changes. */
	Sample<Rumor> sample() {
		return new Sample<>(this.environment.random(), this.members.size(), this.members::at);
	}

	/** Returns those members that fit, in random order. */
	List<MemberUri> shuffled(Predicate<Rumor> condition) {
		List<MemberUri> uris = new ArrayList<>();
		sample().forEachRemaining((known) -> {
			if (condition.test(known)) {
				uris.add(known.uri());
			}
		});
		return uris;
	}

	/**
	 * Believes a rumor if it is newer than what is known.
	 * @return whether it was believed
	 */
	boolean adopt(Rumor rumor, Evidence evidence) {
		int place = this.members.find(rumor.uri());
		Rumor before = (place != UriIndex.ABSENT) ? this.members.at(place) : null;
		if (before != null
				&& !Rumor.supersedes(rumor.status(), rumor.incarnation(), before.status(), before.incarnation())) {
			return false;
		}
		if (before == null && !isSelf(rumor.uri()) && this.tombstones.refuse(rumor, this.environment.nanoTime())) {
			return false;
		}
		if (!isSelf(rumor.uri()) && !this.admission.tolerates(rumor)) {
			return before != null && remove(before.uri(), Evidence.own(Cause.NOT_ALLOWED));
		}
		if (before == null && !isSelf(rumor.uri()) && !makeRoomFor(rumor, evidence)) {
			return false;
		}
		Rumor known = this.environment.intern(rumor.asKnownAfter(before, this.supplements));
		if (before == null) {
			place = this.members.add(known);
			this.tombstones.remove(known.uri());
			this.whenNew.accept(known.uri());
		}
		else {
			this.members.replace(place, known);
		}
		this.members.touch(place, this.environment.nowMicros());
		Evidence complete = Findings.complete(evidence, rumor, before, this.suspicions.of(known.uri()),
				this.environment.nanoTime());
		this.findings.keep(known, before, complete);
		suspectOrNot(known, rumor.supplement());
		missOrNot(known, before != null);
		Sighting after = sighting(place);
		this.environment.show(after);
		publishDifference(before, after, complete);
		return true;
	}

	/** Whoever is gone makes room for whoever is not; returns whether there is room. */
	private boolean makeRoomFor(Rumor stranger, Evidence evidence) {
		while (!this.admission.hasRoom(size()) && !this.admission.isWanted(stranger.uri(), evidence)) {
			MemberUri gone = (stranger.status().compareTo(MemberStatus.DEAD) < 0)
					? this.gone.longest((uri) -> !isSelf(uri) && !this.admission.isSeed(uri)) : null;
			Rumor last = get(gone);
			if (last == null) {
				this.admission.refuse(stranger);
				return false;
			}
			takeOut(this.members.find(last.uri()), Evidence.own(Cause.DISPLACED));
			if (this.admission.isRemembering()) {
				this.tombstones.add(last, this.environment.nanoTime());
			}
		}
		return true;
	}

	private void suspectOrNot(Rumor known, Supplement accusation) {
		if (known.status() == MemberStatus.SUSPECT) {
			this.suspicions.begin(known.uri(), this.environment.nanoTime(), accusation);
		}
		else {
			this.suspicions.end(known.uri());
		}
	}

	private void missOrNot(Rumor known, boolean wasKnown) {
		if (known.status().compareTo(MemberStatus.DEAD) >= 0) {
			this.gone.begin(known.uri(), wasKnown, this.environment.nanoTime());
		}
		else {
			this.gone.end(known.uri());
		}
	}

	/**
	 * Adds to a suspicion who else accuses the suspect.
	 * @return the suspicion with all accusers, or {@code null} if there is nothing new
	 */
	@Nullable Suspicion confirm(MemberUri suspect, Supplement accusation) {
		return this.suspicions.confirm(suspect, this.environment.nanoTime(), accusation);
	}

	/** Forgets what members said beyond the reference. */
	void forgetSupplements() {
		for (int place = 0; place < this.members.size(); place++) {
			this.members.replace(place, this.environment.intern(this.members.at(place).with(Supplement.NONE)));
			this.members.setContact(place, this.members.contact(place).withAbilities(Supplement.UNKNOWN));
		}
	}

	/** Returns what was learned by talking to a member. */
	Contact contact(MemberUri uri) {
		int place = this.members.find(uri);
		return (place != UriIndex.ABSENT) ? this.members.contact(place) : Contact.NONE;
	}

	/**
	 * Returns what a member understands beyond the reference, as it told this node or
	 * else others, or {@link Supplement#UNKNOWN}.
	 */
	int abilities(MemberUri uri) {
		int place = this.members.find(uri);
		if (place == UriIndex.ABSENT) {
			return Supplement.UNKNOWN;
		}
		int told = this.members.contact(place).abilities();
		return (told != Supplement.UNKNOWN) ? told : this.members.at(place).supplement().abilities();
	}

	/** Notes what somebody told this node that it understands, if it is a member. */
	void learn(MemberUri uri, int abilities) {
		int place = this.members.find(uri);
		if (place != UriIndex.ABSENT) {
			this.members.setContact(place, this.members.contact(place).withAbilities(abilities));
		}
	}

	/**
	 * Notes that somebody answered a probe, if it is a member.
	 * @param clockDelta how far its clock is ahead, or {@code null} if it did not say
	 * @param roundTrip how long that took, or {@code null} if nobody can tell
	 */
	void heardFrom(MemberUri uri, @Nullable Duration clockDelta, @Nullable Duration roundTrip) {
		int place = this.members.find(uri);
		if (place != UriIndex.ABSENT) {
			if (clockDelta != null || roundTrip != null) {
				this.members.setContact(place, this.members.contact(place).with(clockDelta, roundTrip));
			}
			this.suspicions.heardFrom(uri, this.environment.nanoTime());
			this.members.touch(place, this.environment.nowMicros());
			this.environment.show(sighting(place));
		}
	}

	private Sighting sighting(int place) {
		Rumor known = this.members.at(place);
		return new Sighting(known, this.members.timestampMicros(place), this.members.contact(place),
				this.findings.of(known.uri()));
	}

	/** Forgets a member; this node itself stays. */
	boolean remove(MemberUri uri, Evidence evidence) {
		int place = this.members.find(uri);
		if (isSelf(uri) || place == UriIndex.ABSENT) {
			return false;
		}
		takeOut(place, evidence);
		this.admission.reconsider(size());
		return true;
	}

	private void takeOut(int place, Evidence evidence) {
		Sighting last = sighting(place);
		MemberUri uri = last.known().uri();
		this.members.remove(place);
		this.suspicions.end(uri);
		this.gone.end(uri);
		this.findings.forget(uri);
		this.unreadable.forget(uri);
		this.environment.hide(uri);
		described(last.known(), evidence).addKeyValue("membership.removed", true)
			.log("member={} removed evidence=\"{}\"", uri, evidence);
		this.environment.publish(() -> new MemberRemovedEvent(last.toMember(), evidence));
	}

	/** Restricts the table; an empty list allows everybody. */
	void allow(Collection<MemberUri> uris) {
		this.admission.allow(uris);
		List<MemberUri> others = all().map(Rumor::uri).filter((uri) -> !this.admission.isAllowed(uri)).toList();
		others.forEach((uri) -> remove(uri, Evidence.own(Cause.NOT_ALLOWED)));
	}

	private void publishDifference(@Nullable Rumor before, Sighting after, Evidence evidence) {
		if (before == null) {
			publishStatus(null, after, evidence);
			return;
		}
		boolean statusChanged = before.status() != after.known().status();
		boolean payloadChanged = before.payload() != after.known().payload()
				&& !before.content().equals(after.known().content());
		if (statusChanged) {
			publishStatus(before.status(), after, evidence);
		}
		if (payloadChanged) {
			this.environment.publish(() -> new MemberPayloadChangedEvent(after.toMember(), before.content(), evidence));
		}
		if (!statusChanged && !payloadChanged) {
			this.environment
				.publish(() -> new MemberIncarnationChangedEvent(after.toMember(), before.incarnation(), evidence));
		}
	}

	private void publishStatus(@Nullable MemberStatus previous, Sighting after, Evidence evidence) {
		Rumor known = after.known();
		if (logger.isInfoEnabled()) {
			String was = (previous != null) ? previous.displayName() : "unknown";
			described(known, evidence).addKeyValue("membership.previous", was)
				.log("member={} status={} was={} incarnation={} evidence=\"{}\"", known.uri(), known.status(), was,
						known.incarnation(), evidence);
		}
		this.environment.observer().statusChanged(previous, known.status());
		this.environment.publish(() -> new MemberStatusChangedEvent(after.toMember(), previous, evidence));
	}

	/** Starts a line with fields that structured logging shows, beside the text. */
	private static LoggingEventBuilder described(Rumor known, Evidence evidence) {
		return logger.atInfo()
			.addKeyValue("membership.uri", known.uri()::toString)
			.addKeyValue("membership.status", known.status()::displayName)
			.addKeyValue("membership.incarnation", known.incarnation())
			.addKeyValue("membership.cause", evidence.cause()::displayName)
			.addKeyValue("membership.evidence", evidence::toString);
	}

}

package io.membership.swim;

import java.util.Arrays;
import java.util.Objects;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * Where a table keeps its members: arrays without gaps, about 20 bytes for each member
 * besides what is known of it, which many tables of one process may share, and 4 more as
 * soon as there is a contact.
 */
final class MemberStore {

	private static final int FIRST_CAPACITY = 16;

	private final UriIndex index = new UriIndex((place) -> at(place).uri());

	private @Nullable Rumor[] known = new Rumor[FIRST_CAPACITY];

	private long[] timestamps = new long[FIRST_CAPACITY];

	/** Shorter than the others where there are no contacts. */
	private @Nullable Contact[] contacts = {};

	private final ViewDigest digest = new ViewDigest();

	private int size;

	private int alive;

	int size() {
		return this.size;
	}

	/** Returns how many members are alive. */
	int alive() {
		return this.alive;
	}

	/** Returns the digest of all members. */
	long digest() {
		return this.digest.value();
	}

	/** Returns the place of a member, or {@link UriIndex#ABSENT}. */
	int find(MemberUri uri) {
		return this.index.find(uri);
	}

	/**
	 * Returns what is known of the member at a place, 0 to {@link #size()} exclusively.
	 */
	Rumor at(int place) {
		return Objects.requireNonNull(this.known[place]);
	}

	/** Returns when the member at a place last gave a sign of life, in microseconds. */
	long timestampMicros(int place) {
		return this.timestamps[place];
	}

	/** Returns what was learned by talking to the member at a place. */
	Contact contact(int place) {
		Contact contact = (place < this.contacts.length) ? this.contacts[place] : null;
		return (contact != null) ? contact : Contact.NONE;
	}

	void setContact(int place, Contact contact) {
		if (!contact.equals(Contact.NONE) && place >= this.contacts.length) {
			this.contacts = Arrays.copyOf(this.contacts, this.known.length);
		}
		if (place < this.contacts.length) {
			this.contacts[place] = contact;
		}
	}

	/** Adds a member and returns its place. */
	int add(Rumor member) {
		int place = this.size;
		if (place == this.timestamps.length) {
			int capacity = place + place / 2;
			this.known = Arrays.copyOf(this.known, capacity);
			this.timestamps = Arrays.copyOf(this.timestamps, capacity);
		}
		this.known[place] = member;
		this.size++;
		this.index.add(member.uri(), place);
		countIn(member);
		return place;
	}

	/** Replaces what is known of the member at a place. */
	void replace(int place, Rumor member) {
		countOut(at(place));
		this.known[place] = member;
		countIn(member);
	}

	void touch(int place, long timestampMicros) {
		this.timestamps[place] = timestampMicros;
	}

	/** Removes the member at a place, which the last one takes. */
	void remove(int place) {
		Rumor removed = at(place);
		this.index.remove(removed.uri());
		countOut(removed);
		this.size--;
		if (place != this.size) {
			Rumor last = at(this.size);
			this.index.move(last.uri(), place);
			this.known[place] = last;
			this.timestamps[place] = this.timestamps[this.size];
			setContact(place, contact(this.size));
		}
		this.known[this.size] = null;
		setContact(this.size, Contact.NONE);
	}

	private void countIn(Rumor member) {
		this.digest.add(member);
		if (member.isAlive()) {
			this.alive++;
		}
	}

	private void countOut(Rumor member) {
		this.digest.remove(member);
		if (member.isAlive()) {
			this.alive--;
		}
	}

}

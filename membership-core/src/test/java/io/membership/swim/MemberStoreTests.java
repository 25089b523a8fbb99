package io.membership.swim;

import java.util.stream.IntStream;

import io.membership.MemberStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a table keeps its members.
 */
class MemberStoreTests {

	private static final int MEMBERS = 100;

	private final MemberStore store = new MemberStore();

	@BeforeEach
	void addMany() {
		for (int number = 1; number <= MEMBERS; number++) {
			int place = this.store.add(alive(number));
			this.store.touch(place, timestamp(number));
			if (number % 3 == 0) {
				this.store.setContact(place, contact(number));
			}
		}
	}

	@Test
	void hasNoGaps() {
		removeEven();
		assertThat(IntStream.range(0, this.store.size()).mapToObj((place) -> this.store.at(place).uri()))
			.containsExactlyInAnyOrderElementsOf(
					IntStream.range(0, MEMBERS / 2).mapToObj((half) -> uri(2 * half + 1)).toList());
	}

	@Test
	void everyMemberKeepsItsOwn() {
		removeEven();
		assertThat(IntStream.range(0, MEMBERS / 2).map((half) -> 2 * half + 1)).allSatisfy((number) -> {
			int place = this.store.find(uri(number));
			assertThat(this.store.at(place)).isEqualTo(alive(number));
			assertThat(this.store.timestampMicros(place)).isEqualTo(timestamp(number));
			assertThat(this.store.contact(place)).isEqualTo((number % 3 == 0) ? contact(number) : Contact.NONE);
		});
	}

	@Test
	void aRemovedMemberIsNotFound() {
		removeEven();
		assertThat(this.store.find(uri(2))).isEqualTo(UriIndex.ABSENT);
	}

	@Test
	void whoIsAddedAgainHasNoContact() {
		removeEven();
		assertThat(this.store.contact(this.store.add(alive(6)))).isSameAs(Contact.NONE);
	}

	@Test
	void thereMayBeNoContactsAtAll() {
		MemberStore strangers = new MemberStore();
		strangers.remove(strangers.add(alive(1)));
		assertThat(strangers.contact(strangers.add(alive(2)))).isSameAs(Contact.NONE);
	}

	@Test
	void theAliveAreCounted() {
		removeEven();
		this.store.replace(this.store.find(uri(1)), rumor(uri(1), MemberStatus.DEAD, 1));
		this.store.replace(this.store.find(uri(3)), rumor(uri(3), MemberStatus.ALIVE, 2));
		this.store.add(rumor(uri(2), MemberStatus.LEFT, 1));
		assertThat(this.store.alive()).isEqualTo(MEMBERS / 2 - 1);
	}

	private void removeEven() {
		for (int number = 2; number <= MEMBERS; number += 2) {
			this.store.remove(this.store.find(uri(number)));
		}
	}

	private static Contact contact(int number) {
		return Contact.NONE.withAbilities(number);
	}

	private static long timestamp(int number) {
		return number * 1_000_000L;
	}

}

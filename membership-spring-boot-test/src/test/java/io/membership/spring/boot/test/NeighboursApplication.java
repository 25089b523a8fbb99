package io.membership.spring.boot.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.membership.Member;
import io.membership.MemberRemovedEvent;
import io.membership.MemberStatus;
import io.membership.MemberStatusChangedEvent;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipEvent;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/**
 * An application that keeps an eye on its neighbours, for tests.
 */
@SpringBootApplication
class NeighboursApplication {

	@Bean
	Neighbours neighbours(Membership membership) {
		return new Neighbours(membership);
	}

	/** Who is there in which zone, as an application might want to know. */
	static class Neighbours {

		private final Membership membership;

		private final Map<MemberUri, MemberStatus> statuses = new ConcurrentHashMap<>();

		private final List<MembershipEvent> events = new CopyOnWriteArrayList<>();

		Neighbours(Membership membership) {
			this.membership = membership;
		}

		@EventListener
		void onStatusChange(MemberStatusChangedEvent event) {
			if (event.member().uri().equals(this.membership.myself().uri())) {
				this.statuses.clear();
				return;
			}
			this.statuses.put(event.member().uri(), event.status());
			this.membership.setPayload("neighbours", alive());
		}

		@EventListener
		void onRemoval(MemberRemovedEvent event) {
			this.statuses.remove(event.member().uri());
		}

		@EventListener
		void onEvent(MembershipEvent event) {
			this.events.add(event);
		}

		MemberStatus status(String uri) {
			return this.statuses.get(MemberUri.parse(uri));
		}

		long alive() {
			return this.statuses.values().stream().filter((status) -> status == MemberStatus.ALIVE).count();
		}

		List<String> inZone(String zone) {
			return this.membership.members()
				.values()
				.stream()
				.filter((member) -> zone.equals(member.payload().get("zone")))
				.map(Member::uri)
				.map(MemberUri::toString)
				.sorted()
				.toList();
		}

		List<MembershipEvent> events() {
			return this.events;
		}

	}

}

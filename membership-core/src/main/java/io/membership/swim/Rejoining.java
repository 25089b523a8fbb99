package io.membership.swim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.membership.MemberUri;
import org.jspecify.annotations.Nullable;

/**
 * Finds those again whom a node knew before it stopped, so that a mesh finds itself after
 * a full outage, without seeds too. They are greeted one after the other, because the
 * first one that answers tells of the others. Whoever has found somebody goes on for some
 * rounds: two who have only each other may be an island. A lonely node never stops.
 */
final class Rejoining {

	/**
	 * Enough for all who come back to be one mesh even if each picks others, and half of
	 * them are gone: a random graph is connected from about ln(N) links per node on.
	 */
	static final int MOST_CONTACTS = 64;

	private static final Duration GAP = Duration.ofMillis(50);

	/** Together half a minute, in which others may start and datagrams be lost. */
	private static final int ROUNDS_IN_COMPANY = 5;

	private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private static final double JITTER = 0.2;

	private final Environment environment;

	private final MemberTable table;

	private final List<MemberUri> contacts;

	private final Consumer<MemberUri> greet;

	private final Queue<MemberUri> waiting = new ArrayDeque<>();

	private Duration pause = SHORTEST_PAUSE;

	private int rounds;

	private @Nullable Cancellable next;

	/**
	 * Creates the rejoining of one node.
	 * @param contacts whom the node knew; if they are many, some of them are greeted
	 * @param greet pings one URI
	 */
	Rejoining(Environment environment, MemberTable table, Collection<MemberUri> contacts, Consumer<MemberUri> greet) {
		this.environment = environment;
		this.table = table;
		this.contacts = someOf(contacts, environment.random());
		this.greet = greet;
	}

	private static List<MemberUri> someOf(Collection<MemberUri> contacts, RandomGenerator random) {
		List<MemberUri> left = new ArrayList<>(contacts);
		List<MemberUri> some = new ArrayList<>();
		while (!left.isEmpty() && some.size() < MOST_CONTACTS) {
			int last = left.size() - 1;
			int drawn = random.nextInt(left.size());
			some.add(left.set(drawn, left.get(last)));
			left.remove(last);
		}
		return some;
	}

	void begin() {
		this.rounds++;
		this.waiting.addAll(this.contacts);
		greetNext();
	}

	private void greetNext() {
		MemberUri contact = this.waiting.poll();
		while (contact != null && this.table.get(contact) != null) {
			contact = this.waiting.poll();
		}
		if (contact != null) {
			try {
				this.greet.accept(contact);
			}
			finally {
				this.next = this.environment.schedule(GAP, this::greetNext);
			}
		}
		else if (this.rounds < ROUNDS_IN_COMPANY || !this.table.hasCompany()) {
			double jitter = 1 - JITTER * this.environment.random().nextDouble();
			Duration wait = Duration.ofNanos((long) (this.pause.toNanos() * jitter));
			this.next = this.environment.schedule(wait, this::begin);
			Duration doubled = this.pause.multipliedBy(2);
			this.pause = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
		}
	}

	void stop() {
		if (this.next != null) {
			this.next.cancel();
		}
	}

}

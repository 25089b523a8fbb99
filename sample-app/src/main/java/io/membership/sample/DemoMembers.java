package io.membership.sample;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.membership.Membership;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Further members in this process, so that one command shows a living mesh. Each has a
 * socket and threads of its own and knows nothing but this application's node.
 */
@Component
class DemoMembers implements SmartLifecycle {

	private final Membership node;

	private final int count;

	private final Map<String, Membership> members = new ConcurrentHashMap<>();

	private volatile boolean running;

	DemoMembers(Membership node, DemoProperties properties) {
		this.node = node;
		this.count = properties.members();
	}

	@Override
	public void start() {
		for (int number = 1; number <= this.count; number++) {
			Membership member = Membership.builder()
				.advertise("localhost", 0)
				.options(this.node.options())
				.encryption(this.node.encryption())
				.payload("name", "demo-" + number)
				.payload("zone", (number % 2 == 0) ? "west" : "east")
				.seeds(this.node.myself().uri())
				.start();
			this.members.put(member.myself().uri().toString(), member);
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.members.values().forEach(Membership::close);
		this.members.clear();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** After this application's own node, which the others greet. */
	@Override
	public int getPhase() {
		return SmartLifecycle.DEFAULT_PHASE;
	}

	/** Returns one of the members that run here. */
	Optional<Membership> find(String uri) {
		return Optional.ofNullable(this.members.get(uri));
	}

}

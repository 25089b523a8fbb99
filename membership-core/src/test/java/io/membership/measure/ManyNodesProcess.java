package io.membership.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipBuilder;
import io.membership.MembershipEvent;
import io.membership.process.Sighting;

/**
 * The main class of a process that starts many nodes one right after the other, and
 * writes how long it took until all of them saw all.
 */
final class ManyNodesProcess {

	private static final long PATIENCE_SECONDS = 60;

	private final int count;

	private final CountDownLatch complete;

	private final AtomicLong completed = new AtomicLong();

	private ManyNodesProcess(int count) {
		this.count = count;
		this.complete = new CountDownLatch(count);
	}

	/**
	 * Starts nodes and writes two durations in microseconds: from the first start and
	 * from the end of the last one, until all see all.
	 * @param arguments whether extensions are on, and how many nodes there are
	 */
	public static void main(String[] arguments) throws Exception {
		endWithTheParent();
		new ManyNodesProcess(Integer.parseInt(arguments[1])).run(Boolean.parseBoolean(arguments[0]));
		Runtime.getRuntime().halt(0);
	}

	private static void endWithTheParent() {
		Thread watch = new Thread(() -> {
			try {
				while (System.in.read() >= 0) {
					// Nobody says anything
				}
			}
			catch (IOException ex) {
				System.err.println(ex);
			}
			Runtime.getRuntime().halt(1);
		}, "parent-watch");
		watch.setDaemon(true);
		watch.start();
	}

	private void run(boolean extensions) throws InterruptedException {
		List<Membership> nodes = new ArrayList<>();
		long begin = Sighting.now();
		for (int i = 0; i < this.count; i++) {
			MembershipBuilder builder = NodeProcess.builder(extensions, 0);
			nodes.stream().findFirst().ifPresent((first) -> builder.seeds(first.myself().uri()));
			nodes.add(builder.listener(new Census()::see).start());
		}
		long started = Sighting.now();
		if (this.complete.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			System.out.println("took " + (this.completed.get() - begin) + " " + (this.completed.get() - started));
		}
		else {
			System.out.println(
					"gave up: " + this.complete.getCount() + " nodes do not see all after " + PATIENCE_SECONDS + " s");
		}
	}

	/** Whom one node sees alive. */
	private final class Census {

		private final Set<MemberUri> alive = new HashSet<>();

		void see(MembershipEvent event) {
			if (event.member().status() == MemberStatus.ALIVE && this.alive.add(event.member().uri())
					&& this.alive.size() == ManyNodesProcess.this.count) {
				ManyNodesProcess.this.completed.accumulateAndGet(Sighting.now(), Math::max);
				ManyNodesProcess.this.complete.countDown();
			}
		}

	}

}

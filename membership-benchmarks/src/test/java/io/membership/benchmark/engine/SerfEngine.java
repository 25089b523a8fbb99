package io.membership.benchmark.engine;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Agents of Serf, each a process of its own.
 */
final class SerfEngine implements Engine {

	private final AtomicReference<String> tag = new AtomicReference<>("");

	@Override
	public String id() {
		return "serf";
	}

	@Override
	public String title() {
		return "Serf " + Machine.ask("dpkg-query", "-W", "-f", "${Version}", "serf");
	}

	@Override
	public String setup() {
		return "`serf agent` with its `lan` profile, one node in each process, a tag set by `serf tags`";
	}

	@Override
	public @Nullable String obstacle() {
		return Machine.has("serf") ? null : "`serf` is not installed";
	}

	@Override
	public int nodesPerProcess() {
		return 1;
	}

	@Override
	public boolean hasPayload() {
		return true;
	}

	@Override
	public Peer launch(Consumer<String> lines) throws IOException {
		return new SerfPeer(lines, this.tag);
	}

}

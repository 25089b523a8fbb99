package io.membership.benchmark.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.membership.process.Child;
import org.jspecify.annotations.Nullable;

/**
 * The reference library on Tarantool, one node in each process.
 */
final class ReferenceEngine implements Engine {

	private static final String MAIN = "membership.lua";

	private final String directory;

	/**
	 * Creates the engine.
	 * @param directory where the library and {@code checks} are, empty if nobody told
	 */
	ReferenceEngine(String directory) {
		this.directory = directory;
	}

	@Override
	public String id() {
		return "tarantool";
	}

	@Override
	public String title() {
		return "tarantool/membership on " + Machine.ask("tarantool", "--version");
	}

	@Override
	public String setup() {
		return "default options, one node in each process";
	}

	@Override
	public @Nullable String obstacle() {
		if (!Machine.has("tarantool")) {
			return "Tarantool is not installed";
		}
		if (this.directory.isEmpty()) {
			return "no directory with the library is given (`reference=`)";
		}
		return Stream.of("", "membership").map((sub) -> Path.of(this.directory, sub, MAIN)).anyMatch(Files::exists)
				? null : "there is no " + MAIN + " in " + this.directory;
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
		Path script = Machine.install("reference.lua", Path.of("target", "benchmarks"));
		List<String> command = List.of("tarantool", script.toString(),
				Path.of(this.directory).toAbsolutePath().toString());
		return new LinePeer(
				Child.of(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start(), lines));
	}

}

package io.membership.benchmark.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import io.membership.process.Child;
import org.jspecify.annotations.Nullable;

/**
 * HashiCorp's memberlist as the distribution packages its source, with a program of ours.
 */
final class MemberlistEngine implements Engine {

	private static final String PACKAGE = "golang-github-hashicorp-memberlist-dev";

	private static final String SOURCES = "/usr/share/gocode";

	private static final Path DIRECTORY = Path.of("target", "benchmarks");

	@Override
	public String id() {
		return "memberlist";
	}

	@Override
	public String title() {
		return ("memberlist " + Machine.ask("dpkg-query", "-W", "-f", "${Version}", PACKAGE)).strip();
	}

	@Override
	public String setup() {
		return "`DefaultLANConfig`, " + Machine.ask("go", "version").replaceFirst("^go version (\\S+).*", "$1");
	}

	@Override
	public @Nullable String obstacle() {
		if (!Machine.has("go")) {
			return "there is no Go compiler";
		}
		return Files.isDirectory(Path.of(SOURCES, "src/github.com/hashicorp/memberlist")) ? null
				: "the Debian package " + PACKAGE + " is not installed";
	}

	@Override
	public int nodesPerProcess() {
		return 200;
	}

	@Override
	public boolean hasPayload() {
		return true;
	}

	/**
	 * Whom gossip misses learns by exchanges of whole states, which are 30 seconds apart,
	 * and a multiple of that among more than 32 members ({@code pushPullScale}).
	 */
	@Override
	public int slowness() {
		return 3;
	}

	@Override
	public Peer launch(Consumer<String> lines) throws IOException {
		Path source = Machine.install("memberlist.go", DIRECTORY);
		Path program = DIRECTORY.resolve("memberlist-" + Integer.toHexString(Files.readString(source).hashCode()))
			.toAbsolutePath();
		if (!Files.exists(program)) {
			build(source, program);
		}
		return new LinePeer(Child
			.of(new ProcessBuilder(program.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start(), lines));
	}

	private static void build(Path source, Path program) throws IOException {
		ProcessBuilder compiler = new ProcessBuilder("go", "build", "-o", program.toString(), source.toString())
			.inheritIO();
		compiler.environment().put("GO111MODULE", "off");
		compiler.environment().put("GOPATH", SOURCES);
		if (compiler.start().onExit().join().exitValue() != 0) {
			throw new IOException("memberlist cannot be compiled");
		}
	}

}

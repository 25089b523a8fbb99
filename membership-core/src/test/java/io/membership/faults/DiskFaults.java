package io.membership.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.membership.MemberUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk that is full. It is a file system in memory that only the process of the node
 * sees, and that is gone with it.
 */
@InNamespaces
class DiskFaults {

	@TempDir
	private Path directory;

	@Test
	void aFullDiskCostsNoMoreThanTheSnapshot() throws Exception {
		try (Nodes nodes = new Nodes()) {
			MemberUri first = nodes.start(nodes.host(1));
			Host host = nodes.host(2);
			MemberUri keeper = Nodes.uri(host);
			String mount = "mount -t tmpfs -o size=32k membership " + this.directory + " && exec \"$@\"";
			nodes.start(host, keeper, nodes.command(keeper, "snapshot=" + this.directory.resolve("snapshot"))
				.behind(List.of("sh", "-c", mount, "sh")));
			nodes.mesh().awaitHealth();
			Path disk = Path.of("/proc/" + nodes.mesh().child(keeper).pid() + "/root" + this.directory);
			Path snapshot = disk.resolve("snapshot");
			nodes.await("a snapshot", () -> holds(snapshot, first));
			byte[] before = Files.readAllBytes(snapshot);
			fill(disk.resolve("ballast"));
			MemberUri newcomer = nodes.start(nodes.host(3));
			nodes.written().await(keeper, "not written", Nodes.PATIENCE);
			assertThat(Files.readAllBytes(snapshot)).isEqualTo(before);
			nodes.stayAlive(Duration.ofSeconds(8));
			nodes.mesh().awaitHealth();
			assertThat(nodes.written().of(keeper, "WARN")).hasSize(1);
			Stopwatch watch = new Stopwatch();
			Files.delete(disk.resolve("ballast"));
			nodes.await("a new snapshot", () -> holds(snapshot, newcomer));
			watch.took("disk has room again, snapshot written");
		}
	}

	private static boolean holds(Path snapshot, MemberUri member) {
		try {
			return Files.exists(snapshot) && Files.readString(snapshot).contains(member.toString());
		}
		catch (IOException ex) {
			// It was replaced meanwhile
			return false;
		}
	}

	private static void fill(Path file) throws IOException {
		boolean full = false;
		try (OutputStream output = Files.newOutputStream(file)) {
			while (!full) {
				try {
					output.write(new byte[512]);
				}
				catch (IOException ex) {
					full = true;
				}
			}
		}
	}

}

package io.membership.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.membership.process.JavaCommand;

/**
 * A host: a network namespace, and files in place of some in {@code /etc}, that only its
 * own processes see.
 *
 * @param namespace the name of the namespace
 * @param address its address on the switch
 */
record Host(String namespace, String address) {

	/** Configures its network, as {@code ip} does. */
	void ip(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("ip", "-n", this.namespace));
		command.addAll(List.of(arguments));
		Command.run(command);
	}

	/** Returns a command that runs on this host. */
	JavaCommand on(JavaCommand command) {
		return command.behind(prefix());
	}

	private List<String> prefix() {
		return List.of("ip", "netns", "exec", this.namespace);
	}

	/**
	 * Writes a file that processes which start later see in {@code /etc}, where there
	 * must be one of that name.
	 */
	void writeFile(String name, String content) throws IOException {
		Files.createDirectories(files());
		Files.writeString(files().resolve(name), content);
	}

	void removeFiles() throws IOException {
		if (Files.exists(files())) {
			try (Stream<Path> all = Files.list(files())) {
				for (Path file : all.toList()) {
					Files.delete(file);
				}
			}
			Files.delete(files());
		}
	}

	private Path files() {
		return Path.of("/etc/netns", this.namespace);
	}

}

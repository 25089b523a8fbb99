package io.membership.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestartProperties}.
 */
class RestartPropertiesTests {

	/** Everything else that can be changed is an option of the protocol. */
	private static final List<String> CHANGED_WHILE_RUNNING = List.of("membership.allowed-members",
			"membership.allowed-networks", "membership.encryption.", "membership.payload");

	/** Read whenever the service is described. */
	private static final Set<String> DESCRIPTION = Set.of("context-path", "host", "management-port", "metadata", "port",
			"secure", "service-id", "version", "zone");

	@Test
	void eachPropertyIsEitherChangedWhileRunningOrNeedsARestart() throws IOException {
		assertThat(RestartProperties.NAMES).isSorted().doesNotHaveDuplicates();
		assertThat(properties().filter((name) -> !isChangedWhileRunning(name)))
			.containsExactlyInAnyOrderElementsOf(RestartProperties.NAMES);
	}

	private static boolean isChangedWhileRunning(String name) {
		return CHANGED_WHILE_RUNNING.stream().anyMatch(name::startsWith) || isOption(name)
				|| DESCRIPTION.contains(name.replace("membership.discovery.", ""));
	}

	private static boolean isOption(String name) {
		String first = name.split("\\.", 3)[1].replace("-", "");
		return Arrays.stream(MembershipProtocolProperties.class.getDeclaredFields())
			.anyMatch((field) -> field.getName().equalsIgnoreCase(first));
	}

	private static Stream<String> properties() throws IOException {
		Path metadata = Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");
		List<String> names = JsonPath.read(Files.readString(metadata), "$.properties[*].name");
		return names.stream().filter((name) -> name.startsWith("membership."));
	}

}

package io.membership.benchmark.engine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All engines that there are drivers for.
 */
public final class Engines {

	/** The system property with the directory of the reference library. */
	public static final String REFERENCE = "membership.benchmark.reference";

	private Engines() {
	}

	/** Returns all engines, those that cannot run here included. */
	public static List<Engine> all() {
		return Stream.concat(Stream.of(JavaEngine.values()), Stream.of(new MemberlistEngine(), new SerfEngine(),
				new ReferenceEngine(System.getProperty(REFERENCE, ""))))
			.toList();
	}

	/** Returns the names of all engines, separated by commas. */
	public static String ids() {
		return all().stream().map(Engine::id).collect(Collectors.joining(","));
	}

	/**
	 * Returns an engine by its name.
	 * @throws IllegalArgumentException if there is none
	 */
	public static Engine of(String id) {
		return all().stream()
			.filter((engine) -> engine.id().equals(id))
			.findAny()
			.orElseThrow(() -> new IllegalArgumentException(
					"'" + id + "' is none of " + all().stream().map(Engine::id).toList()));
	}

}

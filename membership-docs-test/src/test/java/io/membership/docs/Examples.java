package io.membership.docs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.compiler.LuaC;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks examples in all languages that documents may use.
 */
final class Examples {

	/** Keys at the top of a file for Prometheus, which has no schema. */
	private static final Set<String> PROMETHEUS = Set.of("global", "scrape_configs", "rule_files", "groups");

	private static final Pattern ENDPOINT = Pattern.compile("localhost:\\d+/actuator/(\\w+)");

	private final PropertyMetadata metadata = PropertyMetadata.read();

	private final ConfigurationExamples configuration = new ConfigurationExamples(this.metadata);

	private final ShellExamples shell = new ShellExamples(this.metadata);

	private final JavaExamples java;

	Examples(Path output) throws IOException {
		this.java = new JavaExamples(output);
	}

	/** Returns what is wrong with an example; nothing is fine. */
	List<String> problems(Example example) throws IOException, InterruptedException {
		if (!example.source().isEmpty()) {
			return example.isPartOfItsSource() ? List.of() : List.of("It is not a part of " + example.source());
		}
		String text = example.text();
		return switch (example.language()) {
			case "java" -> this.java.problems(example);
			case "yaml" -> yaml(text);
			case "properties" -> this.configuration.problemsOfProperties(text);
			case "xml" -> Pom.problems(text);
			case "groovy", "kotlin" -> GradleExamples.problems(text);
			case "json" -> json(text);
			case "sh", "shell" -> shell(text);
			case "console" -> shell(ShellExamples.commands(text));
			case "lua" -> lua(text);
			case "text", "mermaid" -> List.of();
			default -> List.of("Nobody knows how to check the language '" + example.language() + "'");
		};
	}

	private List<String> yaml(String text) {
		Object first = new Yaml().loadAll(text).iterator().next();
		if (first instanceof Map<?, ?> map && map.containsKey("apiVersion")) {
			return KubernetesManifests.problems(text);
		}
		if (first instanceof Map<?, ?> map && PROMETHEUS.containsAll(map.keySet())) {
			return List.of();
		}
		return this.configuration.problemsOfYaml(text);
	}

	private static List<String> json(String text) {
		try {
			JsonMapper.shared().readTree(text.startsWith("\"") ? "{" + text + "}" : text);
			return List.of();
		}
		catch (JacksonException ex) {
			return List.of(Objects.toString(ex.getMessage()));
		}
	}

	private List<String> shell(String script) throws IOException, InterruptedException {
		List<String> unknown = ENDPOINT.matcher(script)
			.results()
			.map((found) -> found.group(1))
			.filter((id) -> !this.metadata.knows("management.endpoint." + id + ".access"))
			.map((id) -> "No endpoint is called " + id)
			.toList();
		return unknown.isEmpty() ? this.shell.problems(script) : unknown;
	}

	private static List<String> lua(String text) throws IOException {
		try {
			LuaC.instance.compile(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "example");
			return List.of();
		}
		catch (LuaError ex) {
			return List.of(Objects.toString(ex.getMessage()));
		}
	}

}

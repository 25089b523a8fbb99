package io.membership.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import io.membership.spring.boot.autoconfigure.MembershipAutoConfiguration;
import io.membership.spring.boot.test.TestMembershipAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/**
 * Checks examples of the configuration of an application: each property is documented and
 * has a value of its type, and a node starts with all of them, on a mesh in memory.
 */
final class ConfigurationExamples {

	/** What the examples expect to be told by the machine that they run on. */
	private static final Map<String, Object> MACHINE = Map.of("MESH_KEY",
			"base64:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "POD_IP", "10.0.0.7");

	private final PropertyMetadata metadata;

	ConfigurationExamples(PropertyMetadata metadata) {
		this.metadata = metadata;
	}

	List<String> problemsOfYaml(String text) {
		return problems(new YamlPropertySourceLoader(), text);
	}

	List<String> problemsOfProperties(String text) {
		return problems(new PropertiesPropertySourceLoader(), text);
	}

	private List<String> problems(PropertySourceLoader loader, String text) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addLast(new MapPropertySource("machine", MACHINE));
		TreeSet<String> names = new TreeSet<>();
		for (PropertySource<?> source : load(loader, text)) {
			environment.getPropertySources().addLast(source);
			names.addAll(List.of(((EnumerablePropertySource<?>) source).getPropertyNames()));
		}
		List<String> problems = new ArrayList<>();
		names.forEach((name) -> check(name, Binder.get(environment), problems));
		if (problems.isEmpty() && names.stream().anyMatch((name) -> name.startsWith("membership."))) {
			start(environment, problems);
		}
		return problems;
	}

	private static List<PropertySource<?>> load(PropertySourceLoader loader, String text) {
		try {
			return loader.load("example", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void check(String name, Binder binder, List<String> problems) {
		String documented = this.metadata.documented(name);
		if (documented == null) {
			problems.add("No property is called " + name);
			return;
		}
		try {
			binder.bind(ConfigurationPropertyName.of(documented), Bindable.of(this.metadata.type(documented)));
		}
		catch (BindException ex) {
			problems.add(Objects.toString(ex.getMessage()));
		}
	}

	private static void start(StandardEnvironment environment, List<String> problems) {
		new ApplicationContextRunner()
			.withInitializer((context) -> environment.getPropertySources()
				.forEach((source) -> context.getEnvironment().getPropertySources().addLast(source)))
			.withConfiguration(
					AutoConfigurations.of(TestMembershipAutoConfiguration.class, MembershipAutoConfiguration.class))
			.run((context) -> {
				if (context.getStartupFailure() != null) {
					problems.add(context.getStartupFailure().toString());
				}
			});
	}

}

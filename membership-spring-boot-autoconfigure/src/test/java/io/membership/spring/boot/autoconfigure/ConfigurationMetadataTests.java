package io.membership.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.jayway.jsonpath.JsonPath;
import io.membership.MembershipOptions;
import io.membership.MembershipPreset;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the metadata of the configuration properties, and for the table in the user
 * guide that is made of it. With {@code -Dmembership.docs.update=true} the table is
 * written anew.
 */
class ConfigurationMetadataTests {

	private static final String BEGIN = "<!-- begin: properties, made from the metadata by ConfigurationMetadataTests -->";

	private static final String END = "<!-- end: properties -->";

	private static final Path GUIDE = Path.of("..", "docs", "configuration.md");

	@Test
	void everyPropertyHasATypeAndADescription() throws IOException {
		assertThat(properties()).hasSizeGreaterThan(20).allSatisfy((property) -> {
			assertThat(property.name())
				.matches("(membership|management\\.(endpoint|health)\\.membership(keys|history)?)\\.[a-z.-]+");
			assertThat(property.type()).isNotEmpty();
			assertThat(property.description()).endsWith(".").doesNotStartWith("The ");
			if (property.type().equals("java.lang.Boolean")) {
				assertThat(property.description()).startsWith("Whether ");
			}
		});
	}

	@Test
	void propertiesAndHintsAreSorted() throws IOException {
		assertThat(properties()).extracting(Property::name).isSorted().doesNotHaveDuplicates();
		List<String> hints = read("META-INF/additional-spring-configuration-metadata.json", "$.hints[*]").stream()
			.map((hint) -> text(hint.get("name")))
			.toList();
		assertThat(hints).isSorted();
		assertThat(properties()).extracting(Property::name).containsAll(hints);
	}

	/** The metadata cannot see them: they come from a preset. */
	@Test
	void defaultsOfOptionsAreThoseOfThePresetLan() throws IOException {
		Map<String, String> defaults = new TreeMap<>();
		properties().stream()
			.filter((property) -> !property.defaultValue().isEmpty())
			.forEach((property) -> defaults.put(property.name(), property.defaultValue()));
		MembershipProperties properties = new Binder(new MapConfigurationPropertySource(defaults))
			.bindOrCreate(MembershipProperties.PREFIX, MembershipProperties.class);
		MembershipOptions lan = MembershipPreset.LAN.options();
		assertThat(properties.getProtocolPeriod()).isEqualTo(lan.protocolPeriod());
		assertThat(properties.getAckTimeout()).isEqualTo(lan.ackTimeout());
		assertThat(properties.getAntiEntropyPeriod()).isEqualTo(lan.antiEntropyPeriod());
		assertThat(properties.getSuspectTimeout()).isEqualTo(lan.suspectTimeout());
		assertThat(properties.getSuspicionEnabled()).isEqualTo(lan.suspicionEnabled());
		assertThat(properties.getIndirectProbes()).isEqualTo(lan.indirectProbes());
		assertThat(properties.getMaxPacketSize()).isEqualTo(DataSize.ofBytes(lan.maxPacketSize()));
		assertThat(properties.getSuspicionScaling()).isEqualTo(lan.suspicionScaling());
		assertThat(properties.getRefusedTimeout()).isEqualTo(lan.refusedTimeout());
		assertThat(properties.getGossipPeriod()).isEqualTo(lan.gossipPeriod());
		assertThat(properties.getForgetAfter()).isEqualTo(lan.forgetAfter());
		assertThat(properties.getMaxMembers()).isEqualTo(lan.maxMembers());
		assertThat(properties.getMaxDatagramsPerSource()).isEqualTo(lan.maxDatagramsPerSource());
	}

	@Test
	void theUserGuideListsEveryProperty() throws IOException {
		String guide = Files.readString(GUIDE);
		int begin = guide.indexOf(BEGIN) + BEGIN.length();
		int end = guide.indexOf(END);
		String table = table();
		if (Boolean.getBoolean("membership.docs.update")) {
			Files.writeString(GUIDE, guide.substring(0, begin) + table + guide.substring(end));
			return;
		}
		assertThat(guide.substring(begin, end)).isEqualTo(table);
	}

	private static String table() throws IOException {
		StringBuilder table = new StringBuilder("\n\n| property | type | default | |\n|---|---|---|---|\n");
		for (Property property : properties()) {
			table.append(String.format("| `%s` | %s | %s | %s |\n", property.name(), simple(property.type()),
					property.defaultValue().isEmpty() ? "" : "`" + property.defaultValue() + "`",
					property.description()));
		}
		return table.append('\n').toString();
	}

	private static String simple(String type) {
		return type.replaceAll("[a-z0-9]+\\.", "").replaceAll("\\w+\\$", "").replace("<", "&lt;").replace(",", ", ");
	}

	private static List<Property> properties() throws IOException {
		return read("META-INF/spring-configuration-metadata.json", "$.properties[*]").stream()
			.map((property) -> new Property(text(property.get("name")), text(property.get("type")),
					text(property.get("description")), text(property.get("defaultValue"))))
			.toList();
	}

	private static String text(Object value) {
		return (value != null) ? value.toString() : "";
	}

	private static List<Map<String, Object>> read(String resource, String path) throws IOException {
		Path file = Path.of("target", "classes").resolve(resource);
		try (InputStream input = Files.newInputStream(file)) {
			return JsonPath.read(input, path);
		}
	}

	private record Property(String name, String type, String description, String defaultValue) {

	}

}

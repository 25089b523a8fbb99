package io.membership.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The configuration properties of everything on the class path, as their authors
 * documented them for editors.
 */
final class PropertyMetadata {

	private static final String RESOURCE = "META-INF/spring-configuration-metadata.json";

	private static final Pattern CONTAINER = Pattern.compile("java\\.util\\.(Map|List|Set|Collection)<.*");

	private final Map<String, String> types = new TreeMap<>();

	private PropertyMetadata() {
	}

	static PropertyMetadata read() throws IOException {
		PropertyMetadata metadata = new PropertyMetadata();
		for (URL url : Collections.list(PropertyMetadata.class.getClassLoader().getResources(RESOURCE))) {
			try (InputStream file = url.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(file).path("properties")) {
					metadata.types.put(property.path("name").asString(),
							property.path("type").asString("java.lang.Object"));
				}
			}
		}
		return metadata;
	}

	/** Returns whether there is a property, or a map or list that it is an entry of. */
	boolean knows(String name) {
		return documented(name) != null;
	}

	/**
	 * Returns the name of a property, or that of the map or list that it is an entry of.
	 */
	@Nullable String documented(String name) {
		if (this.types.containsKey(name)) {
			return name;
		}
		int end = Math.max(name.lastIndexOf('.'), name.lastIndexOf('['));
		if (end < 0) {
			return null;
		}
		String parent = documented(name.substring(0, end));
		return (parent != null && CONTAINER.matcher(this.types.get(parent)).matches()) ? parent : null;
	}

	/** Returns the type of a documented property. */
	ResolvableType type(String name) {
		return parse(this.types.getOrDefault(name, "java.lang.Object"));
	}

	private static ResolvableType parse(String type) {
		int begin = type.indexOf('<');
		if (begin < 0) {
			return ResolvableType.forClass(ClassUtils.resolveClassName(type, null));
		}
		ResolvableType[] generics = arguments(type.substring(begin + 1, type.lastIndexOf('>'))).stream()
			.map(PropertyMetadata::parse)
			.toArray(ResolvableType[]::new);
		return ResolvableType.forClassWithGenerics(ClassUtils.resolveClassName(type.substring(0, begin), null),
				generics);
	}

	private static List<String> arguments(String list) {
		List<String> arguments = new ArrayList<>();
		int depth = 0;
		int begin = 0;
		for (int i = 0; i < list.length(); i++) {
			char character = list.charAt(i);
			depth += (character == '<') ? 1 : (character == '>') ? -1 : 0;
			if (character == ',' && depth == 0) {
				arguments.add(list.substring(begin, i).strip());
				begin = i + 1;
			}
		}
		arguments.add(list.substring(begin).strip());
		return arguments;
	}

}

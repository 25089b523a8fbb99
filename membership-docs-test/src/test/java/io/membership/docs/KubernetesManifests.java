package io.membership.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import org.yaml.snakeyaml.Yaml;

/**
 * Reads manifests of Kubernetes into the classes that are made from its schema. What the
 * schema does not know is an error here, although those classes would keep it.
 */
final class KubernetesManifests {

	private static final List<Class<? extends HasMetadata>> KINDS = List.of(ConfigMap.class, Deployment.class,
			NetworkPolicy.class, Service.class, StatefulSet.class);

	private static final ObjectMapper STRICT = new ObjectMapper()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.setAnnotationIntrospector(new WithoutAnySetter());

	private KubernetesManifests() {
	}

	static List<HasMetadata> read(String text) {
		List<HasMetadata> manifests = new ArrayList<>();
		for (Object document : new Yaml().loadAll(text)) {
			manifests.add(read((Map<?, ?>) document));
		}
		return manifests;
	}

	private static HasMetadata read(Map<?, ?> manifest) {
		Class<? extends HasMetadata> type = KINDS.stream()
			.filter((kind) -> HasMetadata.getKind(kind).equals(manifest.get("kind"))
					&& HasMetadata.getApiVersion(kind).equals(manifest.get("apiVersion")))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"Unknown kind: " + manifest.get("apiVersion") + " " + manifest.get("kind")));
		return STRICT.convertValue(manifest, type);
	}

	static List<String> problems(String text) {
		try {
			read(text);
			return List.of();
		}
		catch (IllegalArgumentException ex) {
			return List.of(Objects.toString(ex.getMessage()));
		}
	}

	/** The classes of the schema collect what they do not know; this takes that away. */
	private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1;

		@Override
		public Boolean hasAnySetter(Annotated annotated) {
			return false;
		}

	}

}

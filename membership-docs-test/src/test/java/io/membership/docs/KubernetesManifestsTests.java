package io.membership.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for the manifests of the documentation: they are of the schema, and fit together.
 */
class KubernetesManifestsTests {

	private static final int HTTP = 8080;

	private static final int MEMBERSHIP = 3301;

	/** Of Spring Boot, for the graceful shutdown of the web server. */
	private static final long SHUTDOWN_SECONDS = 30;

	private final List<HasMetadata> manifests = Documents.below("docs/kubernetes", ".yaml")
		.stream()
		.map(Documents::read)
		.flatMap((text) -> KubernetesManifests.read(text).stream())
		.toList();

	private final PodTemplateSpec pod = only(Deployment.class).getSpec().getTemplate();

	private final Container container = this.pod.getSpec().getContainers().get(0);

	private <T extends HasMetadata> T only(Class<T> kind) {
		return this.manifests.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
	}

	private Service service(String name) {
		return this.manifests.stream()
			.filter(Service.class::isInstance)
			.filter((manifest) -> manifest.getMetadata().getName().equals(name))
			.map(Service.class::cast)
			.findFirst()
			.orElseThrow();
	}

	@Test
	void theDocumentNamesEachManifest() {
		String document = Documents.read(Documents.ROOT.resolve("docs/kubernetes.md"));
		for (Path file : Documents.below("docs/kubernetes", ".yaml")) {
			assertThat(document).contains("(kubernetes/" + file.getFileName() + ")");
		}
	}

	@Test
	void allSelectThePods() {
		Map<String, String> labels = this.pod.getMetadata().getLabels();
		assertThat(only(Deployment.class).getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
		assertThat(service("membership-headless").getSpec().getSelector()).isEqualTo(labels);
		assertThat(service("orders").getSpec().getSelector()).isEqualTo(labels);
		NetworkPolicy policy = only(NetworkPolicy.class);
		assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEqualTo(labels);
		assertThat(policy.getSpec().getIngress().get(0).getFrom().get(0).getPodSelector().getMatchLabels())
			.isEqualTo(labels);
	}

	@Test
	void portsAreThoseOfTheApplication() {
		assertThat(this.container.getPorts()).extracting(ContainerPort::getName, ContainerPort::getContainerPort)
			.containsExactly(tuple("http", HTTP), tuple("membership", MEMBERSHIP));
		assertThat(this.container.getPorts().get(1).getProtocol()).isEqualTo("UDP");
		assertThat(service("membership-headless").getSpec().getPorts())
			.allSatisfy((port) -> assertThat(port.getPort()).isEqualTo(MEMBERSHIP))
			.allSatisfy((port) -> assertThat(port.getProtocol()).isEqualTo("UDP"));
		assertThat(service("orders").getSpec().getPorts().get(0).getTargetPort().getStrVal()).isEqualTo("http");
		List<NetworkPolicyPort> allowed = only(NetworkPolicy.class).getSpec()
			.getIngress()
			.stream()
			.flatMap((rule) -> rule.getPorts().stream())
			.toList();
		assertThat(allowed).extracting((port) -> port.getPort().getIntVal(), NetworkPolicyPort::getProtocol)
			.containsExactly(tuple(MEMBERSHIP, "UDP"), tuple(HTTP, "TCP"));
	}

	@Test
	void podsFindEachOtherBeforeTheyAreReady() {
		assertThat(service("membership-headless").getSpec().getClusterIP()).isEqualTo("None");
		assertThat(service("membership-headless").getSpec().getPublishNotReadyAddresses()).isTrue();
	}

	@Test
	void aNodeStartsWithTheConfiguration() throws IOException {
		String configuration = only(ConfigMap.class).getData().get("application.yaml");
		assertThat(new ConfigurationExamples(PropertyMetadata.read()).problemsOfYaml(configuration)).isEmpty();
		assertThat(configuration).contains("dns:///membership-headless:" + MEMBERSHIP);
	}

	@Test
	void theConfigurationIsMounted() {
		assertThat(this.pod.getSpec().getVolumes().get(0).getConfigMap().getName())
			.isEqualTo(only(ConfigMap.class).getMetadata().getName());
		assertThat(this.container.getVolumeMounts().get(0).getName())
			.isEqualTo(this.pod.getSpec().getVolumes().get(0).getName());
		assertThat(variable("SPRING_CONFIG_ADDITIONAL_LOCATION").getValue())
			.isEqualTo("file:" + this.container.getVolumeMounts().get(0).getMountPath() + "/");
	}

	@Test
	void theKeyIsThatOfTheCommand() {
		SecretKeySelector key = variable("MESH_KEY").getValueFrom().getSecretKeyRef();
		assertThat(Documents.read(Documents.ROOT.resolve("docs/kubernetes.md")))
			.contains("create secret generic " + key.getName() + " --from-literal=" + key.getKey() + "=");
	}

	private EnvVar variable(String name) {
		return this.container.getEnv()
			.stream()
			.filter((variable) -> variable.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void probesAskTheHealthGroupsOfSpringBoot() {
		assertThat(path(this.container.getStartupProbe())).isEqualTo("/actuator/health/liveness");
		assertThat(path(this.container.getLivenessProbe())).isEqualTo("/actuator/health/liveness");
		assertThat(path(this.container.getReadinessProbe())).isEqualTo("/actuator/health/readiness");
	}

	private static String path(Probe probe) {
		assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
		return probe.getHttpGet().getPath();
	}

	@Test
	void thereIsTimeToLeave() {
		long pause = this.container.getLifecycle().getPreStop().getSleep().getSeconds();
		assertThat(this.pod.getSpec().getTerminationGracePeriodSeconds()).isGreaterThan(pause + SHUTDOWN_SECONDS + 5);
	}

}

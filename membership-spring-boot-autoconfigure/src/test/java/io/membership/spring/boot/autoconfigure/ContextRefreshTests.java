package io.membership.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.membership.MemberIncarnationChangedEvent;
import io.membership.MemberPayloadChangedEvent;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A whole application whose file of properties is edited while it runs, as a peer on a
 * real socket sees it.
 */
@ExtendWith(OutputCaptureExtension.class)
class ContextRefreshTests {

	@TempDir
	private Path directory;

	private final TestMesh mesh = new TestMesh();

	private final List<MembershipEvent> seenByPeer = new CopyOnWriteArrayList<>();

	private ConfigurableApplicationContext application;

	private Membership membership;

	private Membership peer;

	@BeforeEach
	void start() throws IOException {
		this.peer = this.mesh.start();
		write("membership.payload.zone=a");
		this.application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(TestMesh.properties("membership.seeds=" + this.peer.myself().uri(),
					"spring.application.name=orders", "membership.discovery.version=1",
					"spring.config.location=" + this.directory.toUri()))
			.run();
		this.membership = this.application.getBean(Membership.class);
		TestMesh.awaitStatus(this.peer, uri(), MemberStatus.ALIVE);
		TestMesh.awaitStatus(this.membership, this.peer.myself().uri(), MemberStatus.ALIVE);
		Awaitility.await().until(() -> this.peer.member(uri()).orElseThrow().incarnation() == incarnation());
		this.peer.subscribe(this.seenByPeer::add);
	}

	@AfterEach
	void stop() {
		this.application.close();
		this.mesh.close();
	}

	private void write(String... lines) throws IOException {
		Files.write(this.directory.resolve("application.properties"), List.of(lines));
	}

	private void refresh(String... lines) throws IOException {
		write(lines);
		this.application.getBean(ContextRefresher.class).refresh();
	}

	private MemberUri uri() {
		return this.membership.myself().uri();
	}

	private long incarnation() {
		return this.membership.myself().incarnation();
	}

	private Map<String, Object> payloadAtPeer() {
		return this.peer.member(uri()).orElseThrow().payload();
	}

	private void awaitPayloadAtPeer(String key, Object value) {
		Awaitility.await().untilAsserted(() -> assertThat(payloadAtPeer()).containsEntry(key, value));
	}

	@Test
	void aPeerNoticesTheNewPayloadAndNothingElse() throws IOException {
		long before = incarnation();
		this.membership.setPayload("mine", "kept");
		awaitPayloadAtPeer("mine", "kept");
		String port = this.application.getEnvironment().getProperty("local.membership.port");

		refresh("membership.payload.zone=a", "membership.protocol-period=700ms", "membership.ack-timeout=600ms",
				"membership.suspect-timeout=2s", "membership.indirect-probes=5", "membership.gossip-period=100ms",
				"membership.allowed-networks=127.0.0.0/8");
		assertThat(this.membership.options().indirectProbes()).isEqualTo(5);
		refresh("membership.payload.zone=b");
		assertThat(this.membership.options().indirectProbes()).isEqualTo(3);

		awaitPayloadAtPeer("zone", "b");
		assertThat(payloadAtPeer()).containsEntry("mine", "kept").containsKey("discovery");
		assertThat(incarnation()).as("own entry, zone, and the zone of the service").isEqualTo(before + 3);
		assertThat(this.seenByPeer).isNotEmpty()
			.hasOnlyElementsOfTypes(MemberPayloadChangedEvent.class, MemberIncarnationChangedEvent.class);
		assertThat(this.application.getEnvironment().getProperty("local.membership.port")).isEqualTo(port);
	}

	/** Who restricts its view says so, since its digests are of no use to others then. */
	@Test
	void aRestrictedViewIsAnnouncedButIsNoChangeOfStatus() throws IOException {
		long before = incarnation();
		refresh("membership.payload.zone=a", "membership.allowed-members=" + this.peer.myself().uri());
		refresh("membership.payload.zone=b");
		awaitPayloadAtPeer("zone", "b");
		assertThat(incarnation()).as("restricted, not restricted, zone, and the zone of the service")
			.isEqualTo(before + 4);
		assertThat(this.seenByPeer).hasOnlyElementsOfTypes(MemberPayloadChangedEvent.class,
				MemberIncarnationChangedEvent.class);
	}

	@Test
	void aServiceIsDescribedAnew() throws IOException {
		refresh("membership.payload.zone=b", "membership.discovery.metadata.weight=5");
		awaitPayloadAtPeer("discovery", Map.of("s", "orders", "a", 1L, "v", "1", "z", "b", "d", Map.of("weight", "5")));
		assertThat(this.seenByPeer).hasOnlyElementsOfTypes(MemberPayloadChangedEvent.class,
				MemberIncarnationChangedEvent.class);
		refresh("membership.payload.zone=b");
		awaitPayloadAtPeer("discovery", Map.of("s", "orders", "a", 1L, "v", "1", "z", "b"));
	}

	@Test
	void aRefreshWithoutChangesIsNoChange() throws IOException {
		long before = incarnation();
		refresh("membership.payload.zone=a");
		assertThat(incarnation()).isEqualTo(before);
		this.peer.probeUri(uri()).join();
		assertThat(this.seenByPeer).isEmpty();
	}

	@Test
	void whatWasChangedOutlivesARestart() throws IOException {
		MemberUri uri = uri();
		refresh("membership.payload.zone=b", "membership.indirect-probes=5");
		awaitPayloadAtPeer("zone", "b");
		this.application.stop();
		this.application.start();
		TestMesh.awaitStatus(this.peer, uri, MemberStatus.ALIVE);
		assertThat(payloadAtPeer()).containsEntry("zone", "b");
		assertThat(this.membership.options().indirectProbes()).isEqualTo(5);
		refresh("membership.payload.zone=c");
		awaitPayloadAtPeer("zone", "c");
		assertThat(this.membership.options().indirectProbes()).isEqualTo(3);
	}

	@Test
	void aValueOfAnotherTypeFailsTheRefreshAndChangesNothing(CapturedOutput output) throws IOException {
		write("membership.payload.zone=b", "membership.indirect-probes=many");
		assertThatException().isThrownBy(this.application.getBean(ContextRefresher.class)::refresh);
		assertThat(this.membership.myself().payload()).containsEntry("zone", "a");
		assertThat(output.toString().lines().filter((line) -> line.contains("ERROR"))).singleElement()
			.asString()
			.contains("The node stays as it is", "membership.indirect-probes");
		refresh("membership.payload.zone=c");
		awaitPayloadAtPeer("zone", "c");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

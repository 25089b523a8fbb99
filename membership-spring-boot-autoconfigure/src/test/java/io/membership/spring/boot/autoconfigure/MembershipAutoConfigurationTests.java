package io.membership.spring.boot.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipEvent;
import io.membership.MembershipExtension;
import io.membership.MembershipObserver;
import io.membership.MembershipOptions;
import io.membership.MembershipPreset;
import io.membership.MembershipState;
import io.membership.ProbeResult;
import io.membership.SeedProvider;
import jakarta.annotation.PostConstruct;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link MembershipAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MembershipAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties());

	@Test
	void startsANodeAndTellsItsPort() {
		this.contextRunner.run((context) -> {
			Membership membership = context.getBean(Membership.class);
			assertThat(membership.state().running()).isTrue();
			assertThat(membership.myself().uri().host()).isEqualTo("127.0.0.1");
			int port = boundPort(membership);
			assertThat(port).isPositive();
			assertThat(membership.myself().uri().port()).isEqualTo(port);
			assertThat(context.getEnvironment().getProperty("local.membership.port", Integer.class)).isEqualTo(port);
		});
	}

	@Test
	void whenDisabledDoesNotStartEngine() {
		this.contextRunner.withPropertyValues("membership.enabled=false")
			.run((context) -> assertThat(beansOfOurs(context)).isEmpty());
	}

	@Test
	void theNodeItselfIsNoLifecycleBean() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(Membership.class)).isNotInstanceOf(Lifecycle.class));
	}

	@Test
	void whenUserDefinesNodeUsesIt() {
		Membership membership = mock(Membership.class);
		given(membership.state()).willReturn(new MembershipState(true, null, null, null, 0, 0, 0, false, 0));
		given(membership.myself()).willReturn(
				new Member(MemberUri.of("mine", 1), MemberStatus.ALIVE, 1, Map.of(), Instant.EPOCH, null, null, null));
		this.contextRunner.withBean("mine", Membership.class, () -> membership)
			.run((context) -> assertThat(context).hasSingleBean(Membership.class).hasBean("mine"));
	}

	@Test
	void whenUserDefinesConnectionDetailsGreetsTheirSeeds() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			MembershipConnectionDetails details = () -> List.of(peer.myself().uri());
			this.contextRunner.withPropertyValues("membership.seeds=unused.invalid:1")
				.withBean(MembershipConnectionDetails.class, () -> details)
				.run((context) -> {
					assertThat(context).hasSingleBean(MembershipConnectionDetails.class);
					TestMesh.awaitStatus(context.getBean(Membership.class), peer.myself().uri(), MemberStatus.ALIVE);
				});
		}
	}

	@Test
	void greetsSeeds() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			this.contextRunner.withPropertyValues("membership.seeds=" + peer.myself().uri()).run((context) -> {
				Membership membership = context.getBean(Membership.class);
				TestMesh.awaitStatus(membership, peer.myself().uri(), MemberStatus.ALIVE);
				TestMesh.awaitStatus(peer, membership.myself().uri(), MemberStatus.ALIVE);
			});
		}
	}

	@Test
	void looksUpSeedsByName() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			this.contextRunner
				.withPropertyValues("membership.seeds=unused.invalid:1, dns:///localhost:" + boundPort(peer))
				.run((context) -> TestMesh.awaitStatus(context.getBean(Membership.class), peer.myself().uri(),
						MemberStatus.ALIVE));
		}
	}

	@Test
	void allSeedProvidersAreAskedBesideTheConnectionDetails() {
		try (TestMesh mesh = new TestMesh()) {
			List<Membership> peers = List.of(mesh.start(), mesh.start(), mesh.start());
			List<MemberUri> uris = peers.stream().map((peer) -> peer.myself().uri()).toList();
			this.contextRunner.withPropertyValues("membership.seeds=" + uris.get(0))
				.withBean("first", SeedProvider.class, () -> () -> List.of(uris.get(1)))
				.withBean("second", SeedProvider.class, () -> () -> List.of(uris.get(2)))
				.run((context) -> uris.forEach(
						(uri) -> TestMesh.awaitStatus(context.getBean(Membership.class), uri, MemberStatus.ALIVE)));
		}
	}

	@Test
	void aSeedProviderMayDependOnTheNode() {
		try (TestMesh mesh = new TestMesh()) {
			MemberUri uri = mesh.start().myself().uri();
			this.contextRunner.withBean(MemberUri.class, () -> uri)
				.withBean(DependentSeedProvider.class)
				.run((context) -> TestMesh.awaitStatus(context.getBean(Membership.class), uri, MemberStatus.ALIVE));
		}
	}

	@Test
	void aSeedProviderThatFailsIsCountedAndDoesNotEndTheNode() {
		CountingObserver observer = new CountingObserver();
		this.contextRunner.withBean(MembershipObserver.class, () -> observer).withBean(SeedProvider.class, () -> () -> {
			throw new IllegalStateException("on purpose");
		}).run((context) -> {
			Awaitility.await().until(() -> observer.seedErrors.get() > 0);
			assertThat(context.getBean(Membership.class).state().running()).isTrue();
		});
	}

	@Test
	void keepsASnapshotInTheFile(@TempDir Path directory) {
		Path file = directory.resolve("snapshot");
		this.contextRunner.withPropertyValues("membership.snapshot-file=" + file)
			.run((context) -> assertThat(context).hasSingleBean(Membership.class));
		assertThat(file).content().startsWith("membership-snapshot 1\nself 127.0.0.1:");
	}

	@Test
	void optionsComeFromPropertiesAndThenFromCustomizersInOrder() {
		this.contextRunner
			.withPropertyValues("membership.suspicion-enabled=false", "membership.indirect-probes=5",
					"membership.max-packet-size=1KB", "membership.ack-timeout=60ms", "membership.max-members=50",
					"membership.max-datagrams-per-source=0")
			.withUserConfiguration(OptionsCustomizers.class)
			.run((context) -> assertThat(context.getBean(Membership.class).options())
				.isEqualTo(new MembershipOptions(Duration.ofMillis(500), Duration.ofMillis(60), Duration.ofMillis(900),
						Duration.ofSeconds(1), false, 7, 1024, false, Duration.ofMillis(500), Duration.ofMillis(200),
						Duration.ofDays(1), 50, 0, MembershipOptions.ALL_EXTENSIONS)));
	}

	@Test
	void aPresetIsWhatIsNotSet() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class))
			.withPropertyValues("membership.address=127.0.0.1", "membership.port=0", "membership.preset=wan",
					"membership.suspect-timeout=20s")
			.run((context) -> assertThat(context.getBean(Membership.class).options())
				.isEqualTo(MembershipPreset.WAN.options().toBuilder().suspectTimeout(Duration.ofSeconds(20)).build()));
	}

	@Test
	void thePresetIsLanUnlessItIsSet() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class))
			.withPropertyValues("membership.address=127.0.0.1", "membership.port=0")
			.run((context) -> assertThat(context.getBean(Membership.class).options())
				.isEqualTo(MembershipPreset.LAN.options()));
	}

	@Test
	void allExtensionsAreOnUnlessTheyAreDisabled() {
		this.contextRunner.run((context) -> assertThat(context.getBean(Membership.class).options().extensions())
			.isEqualTo(MembershipOptions.ALL_EXTENSIONS));
		this.contextRunner.withPropertyValues("membership.extensions.enabled=false")
			.run((context) -> assertThat(context.getBean(Membership.class).options().extensions()).isEmpty());
	}

	@ParameterizedTest
	@EnumSource
	void eachExtensionHasASwitch(MembershipExtension extension) {
		String name = extension.name().toLowerCase(Locale.ROOT).replace('_', '-');
		this.contextRunner.withPropertyValues("membership.extensions." + name + "=false")
			.run((context) -> assertThat(context.getBean(Membership.class).options().extensions())
				.isEqualTo(EnumSet.complementOf(EnumSet.of(extension))));
	}

	@Test
	void payloadComesFromPropertiesAndFromCustomizers() {
		this.contextRunner.withPropertyValues("membership.payload.zone=a", "membership.payload.old=x")
			.withBean(MembershipPayloadCustomizer.class, () -> (payload) -> {
				payload.remove("old");
				payload.put("ports", List.of(80L, 443L));
				payload.put("build", Map.of("number", 17L));
			})
			.run((context) -> assertThat(context.getBean(Membership.class).myself().payload())
				.isEqualTo(Map.of("zone", "a", "ports", List.of(80L, 443L), "build", Map.of("number", 17L))));
	}

	@Test
	void anEncryptionKeyEncrypts() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start(TestMesh.builder().encryptionKey("a-secret"));
			this.contextRunner
				.withPropertyValues("membership.encryption.key=a-secret", "membership.seeds=" + peer.myself().uri())
				.run((context) -> {
					Membership membership = context.getBean(Membership.class);
					assertThat(membership.isEncrypted()).isTrue();
					TestMesh.awaitStatus(membership, peer.myself().uri(), MemberStatus.ALIVE);
				});
		}
	}

	@Test
	void aMemberThatIsNotAllowedIsRemovedWhenItIsDead() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			MemberUri uri = peer.myself().uri();
			this.contextRunner
				.withPropertyValues("membership.seeds=" + uri, "membership.allowed-members=allowed.invalid:3301")
				.run((context) -> {
					Membership membership = context.getBean(Membership.class);
					TestMesh.awaitStatus(membership, uri, MemberStatus.ALIVE);
					peer.crash();
					Awaitility.await().until(() -> membership.member(uri).isEmpty());
				});
		}
	}

	@Test
	void advertisesAnotherHostAndPortThanItBinds() {
		this.contextRunner.withPropertyValues("membership.advertise.host=[::1]", "membership.advertise.port=9")
			.run((context) -> {
				Membership membership = context.getBean(Membership.class);
				assertThat(membership.myself().uri()).hasToString("[::1]:9");
				assertThat(context.getEnvironment().getProperty("local.membership.port", Integer.class))
					.isEqualTo(boundPort(membership));
			});
	}

	@Test
	void advertisesTheAddressOfAnInterface() {
		this.contextRunner.withPropertyValues("membership.advertise.interface=" + loopbackInterface())
			.run((context) -> assertThat(context.getBean(Membership.class).myself().uri().host())
				.isEqualTo("127.0.0.1"));
	}

	@Test
	void advertisesTheAddressInANetwork() {
		this.contextRunner
			.withPropertyValues("membership.advertise.network=127.0.0.0/8", "membership.advertise.host=",
					"membership.advertise.interface=${NO_SUCH_VARIABLE:}")
			.run((context) -> assertThat(context.getBean(Membership.class).myself().uri().host())
				.isEqualTo("127.0.0.1"));
	}

	@ParameterizedTest
	@CsvSource({ "10.1.2.3, 10.1.2.3", "fd00::5, [fd00::5]", "[fd00::5], [fd00::5]" })
	void advertisesTheAddressOfAPod(String podIp, String host) {
		this.contextRunner.withPropertyValues("POD_IP=" + podIp, "membership.advertise.host=${POD_IP}")
			.run((context) -> assertThat(context.getBean(Membership.class).myself().uri().host()).isEqualTo(host));
	}

	private static String loopbackInterface() {
		try {
			return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()).getName();
		}
		catch (SocketException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void aBlankAddressIsNone() {
		this.contextRunner
			.withPropertyValues("membership.address=", "membership.advertise.host=127.0.0.1",
					"membership.encryption.key=key")
			.run((context) -> assertThat(
					Objects.requireNonNull(context.getBean(Membership.class).state().boundAddress())
						.getAddress()
						.isAnyLocalAddress())
				.isTrue());
	}

	@Test
	void allObserversSeeWhatTheNodeDoes() {
		MembershipObserver first = new CountingObserver();
		MembershipObserver second = new CountingObserver();
		this.contextRunner.withBean("first", MembershipObserver.class, () -> first)
			.withBean("second", MembershipObserver.class, () -> second)
			.run((context) -> assertThat(List.of(first, second)).allSatisfy((observer) -> {
				List<MemberStatus> statuses = ((CountingObserver) observer).statuses;
				assertThat(statuses).containsExactly(MemberStatus.ALIVE);
			}));
	}

	@Test
	void whatIsAskedBeforeTheStartIsKeptAndApplied() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			this.contextRunner.withBean(MemberUri.class, () -> peer.myself().uri())
				.withBean(EarlyUser.class)
				.run((context) -> {
					EarlyUser user = context.getBean(EarlyUser.class);
					Membership membership = context.getBean(Membership.class);
					assertThat(user.membersBeforeTheStart).hasSize(1);
					assertThat(user.probeBeforeTheStart).isInstanceOf(ProbeResult.NotSent.class);
					TestMesh.awaitStatus(peer, membership.myself().uri(), MemberStatus.ALIVE);
					assertThat(peer.member(membership.myself().uri()).orElseThrow().payload()).containsEntry("early",
							true);
					TestMesh.awaitStatus(membership, peer.myself().uri(), MemberStatus.ALIVE);
					Awaitility.await()
						.untilAsserted(() -> assertThat(user.events.stream().map((event) -> event.member().uri()))
							.contains(membership.myself().uri(), peer.myself().uri()));
				});
		}
	}

	@Test
	void oneLineTellsOfTheStart(CapturedOutput output) {
		this.contextRunner.withPropertyValues("membership.seeds=seed.invalid:3301").run((context) -> {
			int port = boundPort(context.getBean(Membership.class));
			assertThat(output.getOut().lines().filter((line) -> line.contains("MembershipLifecycle"))).singleElement()
				.asString()
				.contains("INFO", "bound=127.0.0.1:" + port, "advertised=127.0.0.1:" + port, "resolved=[127.0.0.1]",
						"seeds=[seed.invalid:3301]", "cipher=none");
		});
	}

	@Test
	void theLineNamesTheAddressesOfAnAdvertisedName(CapturedOutput output) {
		this.contextRunner.withPropertyValues("membership.advertise.host=localhost")
			.run((context) -> assertThat(output).containsPattern("advertised=localhost:\\d+ resolved=\\[.*127.0.0.1"));
	}

	@Test
	void whenTheAdvertisedHostIsNotThisOneWarns(CapturedOutput output) {
		this.contextRunner.withPropertyValues("membership.advertise.host=192.0.2.1")
			.run((context) -> assertThat(output.getOut().lines().filter((line) -> line.contains("WARN")))
				.singleElement()
				.asString()
				.contains("No address of this host is among those of 192.0.2.1", "forwards UDP port",
						"'membership.advertise'"));
	}

	@Test
	void theLineNamesTheCipherAndNotTheKey(CapturedOutput output) {
		this.contextRunner.withPropertyValues("membership.encryption.key=a-secret")
			.run((context) -> assertThat(output).contains("cipher=aes-256-gcm").doesNotContain("a-secret"));
	}

	@Test
	void whenUnencryptedBeyondLoopbackWarns(CapturedOutput output) {
		this.contextRunner.withPropertyValues("membership.address=0.0.0.0", "membership.advertise.host=127.0.0.1")
			.run((context) -> assertThat(output.getOut().lines().filter((line) -> line.contains("WARN")))
				.singleElement()
				.asString()
				.contains("membership.encryption.key"));
	}

	@Test
	void whenEncryptedBeyondLoopbackDoesNotWarn(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("membership.address=0.0.0.0", "membership.advertise.host=127.0.0.1",
					"membership.encryption.key=a-secret")
			.run((context) -> assertThat(output).doesNotContain("WARN"));
	}

	@Test
	void everyAutoConfigurationIsRegistered() throws IOException {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates())
			.filteredOn((name) -> name.startsWith("io.membership."))
			.isSorted()
			.containsExactlyInAnyOrderElementsOf(compiledAutoConfigurations())
			.allSatisfy((name) -> assertThat(Class.forName(name)).isFinal());
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, failure) -> {
			}))).filteredOn((analyzer) -> analyzer.getClass().getName().startsWith("io.membership.")).hasSize(4);
	}

	private static List<String> compiledAutoConfigurations() throws IOException {
		Path classes = Path.of("target", "classes");
		try (Stream<Path> files = Files.walk(classes)) {
			return files.map((file) -> classes.relativize(file).toString())
				.filter((name) -> name.endsWith("AutoConfiguration.class"))
				.map((name) -> ClassUtils.convertResourcePathToClassName(StringUtils.stripFilenameExtension(name)))
				.toList();
		}
	}

	private static int boundPort(Membership membership) {
		return Objects.requireNonNull(membership.state().boundAddress()).getPort();
	}

	private static List<String> beansOfOurs(AssertableApplicationContext context) {
		return List.of(context.getBeanDefinitionNames())
			.stream()
			.filter((name) -> String.valueOf(context.getType(name)).contains("io.membership."))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class OptionsCustomizers {

		@Bean
		@Order(2)
		MembershipOptionsCustomizer second() {
			return (options) -> options.indirectProbes(7);
		}

		@Bean
		@Order(1)
		MembershipOptionsCustomizer first() {
			return (options) -> options.indirectProbes(6).antiEntropyPeriod(Duration.ofMillis(900));
		}

	}

	static class EarlyUser {

		private final Membership membership;

		private final MemberUri peer;

		private final List<MembershipEvent> events = new CopyOnWriteArrayList<>();

		private Map<MemberUri, Member> membersBeforeTheStart = Map.of();

		private ProbeResult probeBeforeTheStart;

		EarlyUser(Membership membership, MemberUri peer) {
			this.membership = membership;
			this.peer = peer;
		}

		@PostConstruct
		void use() {
			this.membersBeforeTheStart = this.membership.members();
			this.probeBeforeTheStart = this.membership.probeUri(this.peer).join();
			this.membership.setPayload("early", true);
			this.membership.addMember(this.peer);
			this.membership.subscribe(this.events::add);
		}

	}

	static class DependentSeedProvider implements SeedProvider {

		private final Membership membership;

		private final MemberUri seed;

		DependentSeedProvider(Membership membership, MemberUri seed) {
			this.membership = membership;
			this.seed = seed;
		}

		@Override
		public Collection<MemberUri> seeds() {
			return this.membership.state().running() ? List.of(this.seed) : List.of();
		}

	}

	static class CountingObserver implements MembershipObserver {

		private final List<MemberStatus> statuses = new CopyOnWriteArrayList<>();

		private final AtomicInteger seedErrors = new AtomicInteger();

		@Override
		public void statusChanged(MemberStatus from, MemberStatus to) {
			this.statuses.add(to);
		}

		@Override
		public void seedsFailed() {
			this.seedErrors.incrementAndGet();
		}

	}

}

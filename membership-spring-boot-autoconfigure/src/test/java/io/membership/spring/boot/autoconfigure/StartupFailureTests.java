package io.membership.spring.boot.autoconfigure;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;

import io.membership.Membership;
import io.membership.NoAdvertisableAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for what a user reads when a node cannot start: the text of the registered
 * {@link FailureAnalyzer failure analyzers}.
 */
class StartupFailureTests {

	private Environment environment = new StandardEnvironment();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withInitializer((context) -> {
		ConfigurationPropertySources.attach(context.getEnvironment());
		this.environment = context.getEnvironment();
	})
		.withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties());

	@Test
	void portInUse() throws Exception {
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			int port = socket.getLocalPort();
			FailureAnalysis analysis = failureOf("membership.port=" + port);
			assertThat(analysis.getDescription())
				.isEqualTo("UDP port " + port + " ('membership.port') could not be bound: Address already in use.");
			assertThat(analysis.getAction()).contains("Stop the process", "'membership.port'", "0 for any free",
					"'membership.port-auto-increment'");
		}
	}

	@Test
	void whenPortIsInUseAutoIncrementTakesAnother() throws Exception {
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			int port = socket.getLocalPort();
			this.contextRunner.withPropertyValues("membership.port=" + port, "membership.port-auto-increment=true")
				.run((context) -> assertThat(context.getBean(Membership.class).myself().uri().port())
					.isGreaterThan(port));
		}
	}

	@Test
	void addressOfAnotherHost() {
		FailureAnalysis analysis = failureOf("membership.address=192.0.2.1", "membership.advertise.host=127.0.0.1");
		assertThat(analysis.getDescription())
			.contains("could not be bound to 'membership.address': Cannot assign requested address");
		assertThat(analysis.getAction()).contains("'membership.address'");
	}

	@Test
	void addressThatDoesNotResolve() {
		FailureAnalysis analysis = failureOf("membership.address=nowhere.invalid");
		assertThat(analysis.getDescription()).contains("'membership.address'", "Value: nowhere.invalid",
				"does not resolve");
		assertThat(analysis.getAction()).contains("Set 'membership.address' to an address of this host", "remove it");
	}

	@Test
	void advertisedHostThatDoesNotResolve() {
		FailureAnalysis analysis = failureOf("membership.advertise.host=nowhere.invalid");
		assertThat(analysis.getDescription())
			.contains("'nowhere.invalid' ('membership.advertise.host') does not resolve");
		assertThat(analysis.getAction()).contains("Set 'membership.advertise.host' to a name that resolves",
				"IP address", "remove it");
	}

	@Test
	void interfaceThatThisHostDoesNotHave() {
		FailureAnalysis analysis = failureOf("membership.advertise.interface=nowhere7");
		assertThat(analysis.getDescription()).contains("Property 'membership.advertise.interface' is invalid",
				"Value: nowhere7", "no address of the interface 'nowhere7'", "127.0.0.1");
		assertThat(analysis.getAction()).contains("Set 'membership.advertise.interface'",
				"'membership.advertise.host'");
	}

	@Test
	void networkThatThisHostIsNotIn() {
		FailureAnalysis analysis = failureOf("membership.advertise.network=198.51.100.0/24");
		assertThat(analysis.getDescription()).contains("Property 'membership.advertise.network' is invalid",
				"Value: 198.51.100.0/24", "no address in the network 198.51.100.0/24");
		assertThat(analysis.getAction()).contains("Set 'membership.advertise.network'");
	}

	@Test
	void malformedNetworkToAdvertise() {
		FailureAnalysis analysis = failureOf("membership.advertise.network=10.0.0.0/40");
		assertThat(analysis.getDescription()).contains("Property 'membership.advertise.network' is invalid",
				"Value: 10.0.0.0/40", "is not a network");
		assertThat(analysis.getAction()).contains("10.0.0.0/8", "fd00::/8");
	}

	@Test
	void advertisedHostAndInterface() {
		FailureAnalysis analysis = failureOf("membership.advertise.host=127.0.0.1",
				"membership.advertise.interface=eth0");
		assertThat(analysis.getDescription()).contains("Property 'membership.advertise.interface' is invalid",
				"'membership.advertise.host' is set as well");
		assertThat(analysis.getAction()).contains(
				"Keep one of 'membership.advertise.host', 'membership.advertise.interface', and remove the others");
	}

	@Test
	void advertisedHostAndInterfaceAndNetwork() {
		FailureAnalysis analysis = failureOf("membership.advertise.host=127.0.0.1",
				"membership.advertise.interface=eth0", "membership.advertise.network=10.0.0.0/8");
		assertThat(analysis.getAction()).contains(
				"'membership.advertise.host', 'membership.advertise.interface'," + " 'membership.advertise.network'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "localhost", "0.0.0.0", "fe80::1" })
	void advertisedHostThatOthersCannotReach(String host) {
		FailureAnalysis analysis = failureOf("membership.advertise.host=" + host, "membership.seeds=192.0.2.1:3301");
		assertThat(analysis.getDescription()).contains("Property 'membership.advertise.host' is invalid",
				"Value: " + host, "Others cannot reach this node", "192.0.2.1:3301 is on another host");
		assertThat(analysis.getAction()).contains("Set 'membership.advertise.host'", "'membership.advertise.interface'",
				"127.0.0.1:3301");
	}

	@Test
	void boundAddressThatOthersCannotReach() {
		FailureAnalysis analysis = failureOf("membership.seeds=192.0.2.1:3301");
		assertThat(analysis.getDescription()).contains("Property 'membership.address' is invalid", "Value: 127.0.0.1",
				"192.0.2.1:3301 is on another host");
		assertThat(analysis.getAction()).contains("Remove 'membership.address'", "'membership.advertise.host'");
	}

	@Test
	void networkThatOthersCannotReach() {
		FailureAnalysis analysis = failureOf("membership.advertise.network=127.0.0.0/8",
				"membership.seeds=192.0.2.1:3301");
		assertThat(analysis.getDescription()).contains("Property 'membership.advertise.network' is invalid");
	}

	@Test
	void noAddressToAdvertise() {
		Membership membership = mock(Membership.class);
		willThrow(new NoAdvertisableAddressException()).given(membership).start();
		this.contextRunner.withBean(Membership.class, () -> membership).run((context) -> {
			FailureAnalysis analysis = analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("no address that other members could reach");
			assertThat(analysis.getAction()).contains("Set 'membership.advertise.host'", "'membership.address'",
					"127.0.0.1");
		});
	}

	@Test
	void optionOutOfRange() {
		FailureAnalysis analysis = failureOf("membership.max-packet-size=100B");
		assertThat(analysis.getDescription()).contains("Property 'membership.max-packet-size' is invalid", "Value: 100",
				"Reason: use 256 to 65507 bytes");
		assertThat(analysis.getAction()).contains("'membership.max-packet-size'");
	}

	@Test
	void optionThatContradictsAnother() {
		FailureAnalysis analysis = failureOf("membership.ack-timeout=5s");
		assertThat(analysis.getDescription()).contains("Property 'membership.ack-timeout' is invalid", "Value: 5000ms",
				"must not be longer");
		assertThat(analysis.getAction()).contains("Change 'membership.ack-timeout'");
	}

	@Test
	void optionThatContradictsAnotherAndIsNotSet() {
		FailureAnalysis analysis = failureOf("membership.protocol-period=20s", "membership.suspect-timeout=30s");
		assertThat(analysis.getDescription()).contains("Property 'membership.anti-entropy-period' is invalid");
	}

	@Test
	void optionSetByCustomizer() {
		this.contextRunner
			.withBean(MembershipOptionsCustomizer.class,
					() -> (options) -> options.suspectTimeout(Duration.ofMillis(1)))
			.run((context) -> {
				FailureAnalysis analysis = analyze(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("'membership.suspect-timeout'", "Value: 1ms");
				assertThat(analysis.getAction()).contains("MembershipOptionsCustomizer");
			});
	}

	@Test
	void originOfAnInvalidPropertyIsTold() {
		this.contextRunner.withSystemProperties("membership.indirect-probes=-1").run((context) -> {
			FailureAnalysis analysis = analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("'membership.indirect-probes'", "Value: -1",
					"Origin: \"membership.indirect-probes\" from property source \"systemProperties\"");
		});
	}

	@Test
	void portOutOfRange() {
		FailureAnalysis analysis = failureOf("membership.port=70000");
		assertThat(analysis.getDescription()).contains("'membership.port'", "Value: 70000", "0 to 65535");
		assertThat(analysis.getAction()).contains("Use a port from 1 to 65535");
	}

	@Test
	void advertisedPortOutOfRange() {
		FailureAnalysis analysis = failureOf("membership.advertise.port=-1");
		assertThat(analysis.getDescription()).contains("'membership.advertise.port'", "Value: -1");
		assertThat(analysis.getAction()).contains("remove the property");
	}

	@Test
	void advertisedHostWithPort() {
		FailureAnalysis analysis = failureOf("membership.advertise.host=host:3301");
		assertThat(analysis.getDescription()).contains("'membership.advertise.host'", "Value: host:3301");
		assertThat(analysis.getAction()).contains("'membership.advertise.port'");
	}

	@Test
	void blankEncryptionKey() {
		for (String blank : new String[] { "", "   " }) {
			FailureAnalysis analysis = failureOf("membership.encryption.key=" + blank);
			assertThat(analysis.getDescription()).contains("Property 'membership.encryption.key' is invalid",
					"A blank key protects nothing");
			assertThat(analysis.getAction()).contains("Set 'membership.encryption.key'", "remove it");
		}
	}

	/** It would be a key that is in every guide. */
	@Test
	void encryptionKeyWithoutTheVariableThatHoldsIt() {
		for (String property : new String[] { "key", "keys[0]" }) {
			FailureAnalysis analysis = failureOf("membership.encryption." + property + "=${NO_SUCH_KEY}");
			assertThat(analysis.getDescription()).contains(
					"Property 'membership.encryption." + property + "' is invalid",
					"It is a placeholder that nothing resolves");
			assertThat(analysis.getAction()).contains("Set the environment variable");
		}
	}

	@Test
	void clusterNameWithoutTheVariableThatHoldsIt() {
		FailureAnalysis analysis = failureOf("membership.cluster-name=${NO_SUCH_NAME}");
		assertThat(analysis.getDescription()).contains("'membership.cluster-name'",
				"It is a placeholder that nothing resolves");
		assertThat(analysis.getAction()).contains("Set the environment variable");
	}

	@Test
	void aKeyIsNeverPrintedWhateverElseFails() {
		this.contextRunner.withPropertyValues("membership.encryption.key=a-secret", "membership.port=70000")
			.run((context) -> assertThat(context.getStartupFailure()).satisfies((failure) -> {
				FailureAnalysis analysis = analyze(failure);
				assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("a-secret");
				assertThat(failure).hasStackTraceContaining("membership.port");
				assertThat(NestedExceptionUtils.getMostSpecificCause(failure).toString()).doesNotContain("a-secret");
			}));
	}

	@Test
	void broadcastTogetherWithAnyFreePort() {
		FailureAnalysis analysis = failureOf("membership.broadcast.enabled=true");
		assertThat(analysis.getDescription()).contains("'membership.broadcast.enabled'", "port 0");
		assertThat(analysis.getAction()).contains("Set 'membership.port'", "'membership.broadcast.port'",
				"'membership.seeds'");
	}

	@Test
	void broadcastPortOutOfRange() {
		FailureAnalysis analysis = failureOf("membership.broadcast.enabled=true", "membership.broadcast.port=65536");
		assertThat(analysis.getDescription()).contains("'membership.broadcast.port'", "Value: 65536");
	}

	@Test
	void malformedSeed() {
		FailureAnalysis analysis = failureOf("membership.seeds=good:3301,bad");
		assertThat(analysis.getDescription()).contains("Property 'membership.seeds[1]' is invalid", "Value: bad",
				"not of the form host:port, dns:///name or dns+srv:///name");
		assertThat(analysis.getAction()).contains("host:port", "[::1]:3301", "dns:///mesh.example.com",
				"dns+srv:///_membership._udp.example.com");
	}

	@Test
	void seedWithTwoSlashes() {
		FailureAnalysis analysis = failureOf("membership.seeds[0]=dns://mesh.example.com");
		assertThat(analysis.getDescription()).contains("Property 'membership.seeds[0]' is invalid",
				"Value: dns://mesh.example.com");
		assertThat(analysis.getAction()).contains("three slashes");
	}

	@Test
	void serviceWithAPort() {
		FailureAnalysis analysis = failureOf("membership.seeds[0]=dns+srv:///_membership._udp.example.com:3301");
		assertThat(analysis.getDescription()).contains("Property 'membership.seeds[0]' is invalid");
		assertThat(analysis.getAction()).contains("a service in DNS without a port");
	}

	@Test
	void malformedAllowedMember() {
		FailureAnalysis analysis = failureOf("membership.allowed-members[0]=::1:3301");
		assertThat(analysis.getDescription()).contains("Property 'membership.allowed-members[0]' is invalid",
				"Value: ::1:3301");
		assertThat(analysis.getAction()).contains("IPv6 addresses in brackets");
	}

	@ParameterizedTest
	@CsvSource({ "base64:c2hvcnQ=, 5 bytes instead of 32", "base64:a-secret!, is not Base64" })
	void keyThatIsNoBase64(String key, String reason) {
		FailureAnalysis analysis = failureOf("membership.encryption.key=" + key);
		assertThat(analysis.getDescription()).contains("Property 'membership.encryption.key' is invalid", reason)
			.doesNotContain(key.substring(7));
		assertThat(analysis.getAction()).contains("openssl rand -base64 32");
	}

	@Test
	void blankKeyInARing() {
		FailureAnalysis analysis = failureOf("membership.encryption.keys[0]=a-secret",
				"membership.encryption.keys[1]= ");
		assertThat(analysis.getDescription()).contains("'membership.encryption.keys[1]'", "protects nothing")
			.doesNotContain("a-secret");
	}

	@Test
	void oneKeyAndARing() {
		FailureAnalysis analysis = failureOf("membership.encryption.key=a-secret",
				"membership.encryption.keys=another-secret");
		assertThat(analysis.getDescription()).contains("which of them encrypts").doesNotContain("secret");
		assertThat(analysis.getAction()).contains("Remove 'membership.encryption.key'");
	}

	@Test
	void acceptedCipherWithoutAKey() {
		FailureAnalysis analysis = failureOf("membership.encryption.accept=aes-256-gcm");
		assertThat(analysis.getDescription()).contains("'membership.encryption.accept'", "without a key");
		assertThat(analysis.getAction()).contains("Set 'membership.encryption.key'");
	}

	@Test
	void blankClusterName() {
		FailureAnalysis analysis = failureOf("membership.cluster-name= ");
		assertThat(analysis.getDescription()).contains("'membership.cluster-name'", "must have a name");
	}

	@Test
	void malformedAllowedNetwork() {
		FailureAnalysis analysis = failureOf("membership.allowed-networks=fd00::/8,10.0.0.0/40");
		assertThat(analysis.getDescription()).contains("Property 'membership.allowed-networks[1]' is invalid",
				"Value: 10.0.0.0/40", "is not a network");
		assertThat(analysis.getAction()).contains("10.0.0.0/8", "fd00::/8", "remove 'membership.allowed-networks'");
	}

	@Test
	void allowedNetworkThatMayBeAnAddress() {
		FailureAnalysis analysis = failureOf("membership.allowed-networks=10.1.2.3/8");
		assertThat(analysis.getDescription()).contains("Property 'membership.allowed-networks[0]' is invalid",
				"'10.0.0.0/8'", "'10.1.2.3/32'");
	}

	@Test
	void unknownCipher() {
		FailureAnalysis analysis = failureOf("membership.encryption.cipher=rot13");
		assertThat(analysis.getDescription()).contains("membership.encryption.cipher", "rot13");
		assertThat(analysis.getAction()).contains("aes-256-cbc");
	}

	@Test
	void payloadTooLarge() {
		FailureAnalysis analysis = failureOf("membership.payload.big=" + "x".repeat(2000));
		assertThat(analysis.getDescription()).contains("Property 'membership.payload' is invalid", "bytes too large",
				"1472");
		assertThat(analysis.getAction()).contains("Shorten 'membership.payload'", "'membership.max-packet-size'");
	}

	@Test
	void payloadOfAnUnknownType() {
		this.contextRunner
			.withBean(MembershipPayloadCustomizer.class, () -> (payload) -> payload.put("key", new Object()))
			.run((context) -> {
				FailureAnalysis analysis = analyze(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("'membership.payload'", "java.lang.Object");
				assertThat(analysis.getAction()).contains("MembershipPayloadCustomizer");
			});
	}

	private FailureAnalysis failureOf(String... properties) {
		FailureAnalysis[] result = new FailureAnalysis[1];
		this.contextRunner.withPropertyValues(properties)
			.run((context) -> result[0] = analyze(context.getStartupFailure()));
		return result[0];
	}

	private FailureAnalysis analyze(Throwable failure) {
		assertThat(failure).as("startup failure").isNotNull();
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, ArgumentResolver.of(Environment.class, this.environment),
					FailureHandler.handleMessage((message, cause) -> {
					}))
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow(() -> new AssertionError("No analysis", failure));
	}

}

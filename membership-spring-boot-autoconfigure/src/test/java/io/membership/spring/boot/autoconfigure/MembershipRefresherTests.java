package io.membership.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.membership.CidrBlock;
import io.membership.EncryptionKey;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipCipher;
import io.membership.MembershipObserver;
import io.membership.SeedProvider;
import io.membership.MembershipOptions;
import io.membership.net.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link MembershipRefresher}, with a node that is not started.
 */
@ExtendWith(OutputCaptureExtension.class)
class MembershipRefresherTests {

	private static final String OLD = "base64:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

	private static final String NEW = "base64:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

	private static final String UNCHANGED = "The node stays as it is";

	private final StandardEnvironment environment = new StandardEnvironment();

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final Map<String, Object> configuration = new HashMap<>(
			Map.of("membership.advertise.host", "localhost", "membership.payload.zone", "a"));

	private Membership membership;

	private MembershipRefresher refresher;

	private void start(Map<String, Object> more) {
		configure(more);
		MembershipProperties properties = properties();
		this.membership = new MembershipFactory(Platform.REAL, properties,
				new PropertiesMembershipConnectionDetails(properties), optionsFactory(),
				this.beans.getBeanProvider(MembershipPayloadCustomizer.class),
				this.beans.getBeanProvider(SeedProvider.class))
			.create(new MembershipObserver() {
			});
		this.refresher = new MembershipRefresher(this.membership, properties, this.environment, optionsFactory());
	}

	private MembershipProperties properties() {
		return Binder.get(this.environment).bindOrCreate("membership", MembershipProperties.class);
	}

	private OptionsFactory optionsFactory() {
		return new OptionsFactory(this.beans.getBeanProvider(MembershipOptionsCustomizer.class));
	}

	private void configure(Map<String, Object> more) {
		this.configuration.putAll(more);
		MutablePropertySources sources = this.environment.getPropertySources();
		sources.remove("test");
		sources.addFirst(new MapPropertySource("test", Map.copyOf(this.configuration)));
	}

	private void change(Map<String, Object> more) {
		configure(more);
		this.refresher.onApplicationEvent(new EnvironmentChangeEvent("test", Set.of()));
	}

	private void remove(String property) {
		this.configuration.remove(property);
		change(Map.of());
	}

	private Map<String, Object> payload() {
		return this.membership.myself().payload();
	}

	@Test
	void changedOptionsAreUsed() {
		start(Map.of("membership.indirect-probes", "2"));
		change(Map.of("membership.protocol-period", "2s", "membership.extensions.gossip", "false"));
		assertThat(this.membership.options().protocolPeriod()).hasSeconds(2);
		assertThat(this.membership.options().indirectProbes()).isEqualTo(2);
		assertThat(this.membership.options().extensions()).hasSize(MembershipOptions.ALL_EXTENSIONS.size() - 1);
	}

	@Test
	void anOptionThatIsNoLongerSetIsThatOfThePreset() {
		start(Map.of("membership.protocol-period", "2s", "membership.preset", "wan"));
		remove("membership.protocol-period");
		assertThat(this.membership.options().protocolPeriod()).hasSeconds(3);
	}

	@Test
	void customizersAreAppliedAgain() {
		this.beans.addBean("customizer", (MembershipOptionsCustomizer) (options) -> options.maxMembers(77));
		start(Map.of());
		change(Map.of("membership.protocol-period", "2s", "membership.max-members", "5"));
		assertThat(this.membership.options().protocolPeriod()).hasSeconds(2);
		assertThat(this.membership.options().maxMembers()).isEqualTo(77);
	}

	@Test
	void whatDidNotChangeStaysAsTheApplicationSetIt(CapturedOutput output) {
		start(Map.of("membership.encryption.key", OLD));
		this.membership.updateOptions((options) -> options.indirectProbes(7));
		this.membership.setEncryptionKey(EncryptionKey.of(NEW));
		change(Map.of("membership.payload.zone", "b"));
		assertThat(payload()).containsEntry("zone", "b");
		assertThat(this.membership.options().indirectProbes()).isEqualTo(7);
		assertThat(this.membership.encryptionKey()).contains(EncryptionKey.of(NEW));
		assertThat(output).contains("Entries of the payload changed: [zone]")
			.doesNotContain("Options changed", "Encryption changed");
	}

	@Test
	void anInvalidValueChangesNothingAtAll(CapturedOutput output) {
		start(Map.of());
		MembershipOptions options = this.membership.options();
		change(Map.of("membership.protocol-period", "2s", "membership.ack-timeout", "3s", "membership.payload.zone",
				"b", "membership.port", "1234"));
		assertThat(this.membership.options()).isEqualTo(options);
		assertThat(payload()).containsOnly(Map.entry("zone", "a"));
		assertThat(errors(output)).singleElement(STRING)
			.contains(UNCHANGED, "membership.ack-timeout", "a probe ends after one protocol period");
		change(Map.of("membership.ack-timeout", "1s"));
		assertThat(this.membership.options().protocolPeriod()).hasSeconds(2);
		assertThat(payload()).containsOnly(Map.entry("zone", "b"));
		assertThat(errors(output)).hasSize(1);
	}

	@Test
	void aValueOfAnotherTypeChangesNothing(CapturedOutput output) {
		start(Map.of());
		change(Map.of("membership.protocol-period", "soon", "membership.payload.zone", "b"));
		assertThat(payload()).containsOnly(Map.entry("zone", "a"));
		assertThat(errors(output)).singleElement(STRING)
			.contains(UNCHANGED, "membership.protocol-period", "'soon' is not a valid duration");
	}

	@Test
	void aCustomizerThatFailsChangesNothing(CapturedOutput output) {
		start(Map.of());
		this.beans.addBean("customizer", (MembershipOptionsCustomizer) (options) -> {
			throw new IllegalStateException("not now");
		});
		change(Map.of("membership.payload.zone", "b"));
		assertThat(payload()).containsOnly(Map.entry("zone", "a"));
		assertThat(errors(output)).singleElement(STRING).contains("could not be applied");
		assertThat(output).contains("not now");
	}

	@Test
	void entriesOfThePayloadAreAddedChangedAndRemoved() {
		start(Map.of("membership.payload.old", "1"));
		this.configuration.remove("membership.payload.old");
		change(Map.of("membership.payload.zone", "b", "membership.payload.new", "2"));
		assertThat(payload()).containsOnly(Map.entry("zone", "b"), Map.entry("new", "2"));
	}

	@Test
	void entriesOfTheApplicationStay(CapturedOutput output) {
		this.beans.addBean("customizer",
				(MembershipPayloadCustomizer) (payload) -> payload.replaceAll((key, value) -> "<" + value + ">"));
		start(Map.of("membership.payload.gone", "1"));
		this.membership.setPayload(Map.of("discovery", Map.of("s", "orders"), "mine", 5));
		this.configuration.remove("membership.payload.gone");
		change(Map.of("membership.payload.zone", "b", "membership.payload.mine", "6", "membership.payload.new", "7"));
		assertThat(payload()).containsOnly(Map.entry("discovery", Map.of("s", "orders")), Map.entry("mine", 5L),
				Map.entry("zone", "<a>"), Map.entry("gone", "<1>"), Map.entry("new", "7"));
		assertThat(output).contains("stay as the application set them: [")
			.containsPattern("\\[.*zone.*\\]")
			.containsPattern("\\[.*mine.*\\]");
	}

	@Test
	void aValueThatRefersToAnotherPropertyFollowsIt() {
		start(Map.of("membership.payload.zone", "${region}-1", "region", "eu"));
		change(Map.of("region", "us"));
		assertThat(payload()).containsOnly(Map.entry("zone", "us-1"));
	}

	@Test
	void aRandomValueIsDrawnOnce(CapturedOutput output) {
		this.environment.getPropertySources().addLast(new RandomValuePropertySource("random"));
		start(Map.of("membership.payload.id", "${random.uuid}", "membership.port", "${random.int(1000,60000)}"));
		Object id = payload().get("id");
		change(Map.of("membership.payload.zone", "b"));
		assertThat(payload()).containsOnly(Map.entry("zone", "b"), Map.entry("id", id));
		assertThat(output).doesNotContain("started again");
	}

	@Test
	void aPayloadThatDoesNotFitChangesNothing(CapturedOutput output) {
		start(Map.of());
		change(Map.of("membership.payload.zone", "z".repeat(2000), "membership.indirect-probes", "9"));
		assertThat(payload()).containsOnly(Map.entry("zone", "a"));
		assertThat(this.membership.options().indirectProbes()).isEqualTo(3);
		assertThat(errors(output)).singleElement(STRING).contains(UNCHANGED, "membership.payload");
	}

	@Test
	void payloadAndPacketSizeGrowAndShrinkTogether() {
		start(Map.of("membership.max-packet-size", "512B"));
		change(Map.of("membership.max-packet-size", "4KB", "membership.payload.zone", "z".repeat(3000)));
		assertThat(payload()).containsEntry("zone", "z".repeat(3000));
		change(Map.of("membership.max-packet-size", "512B", "membership.payload.zone", "z", "membership.encryption.key",
				OLD));
		assertThat(payload()).containsEntry("zone", "z");
		assertThat(this.membership.options().maxPacketSize()).isEqualTo(512);
		assertThat(this.membership.isEncrypted()).isTrue();
	}

	@Test
	void changedKeysAreUsed(CapturedOutput output) {
		start(Map.of("membership.encryption.keys", OLD));
		change(Map.of("membership.encryption.keys", NEW + "," + OLD, "membership.encryption.accept", "aes-256-cbc"));
		assertThat(this.membership.encryption().keys()).containsExactly(EncryptionKey.of(NEW), EncryptionKey.of(OLD));
		assertThat(this.membership.encryption().accepted()).contains(MembershipCipher.AES_256_CBC);
		assertThat(output).contains("Encryption changed").doesNotContain("base64");
	}

	@Test
	void keysThatMakeNoSenseChangeNothing(CapturedOutput output) {
		start(Map.of("membership.encryption.keys", OLD));
		for (String keys : List.of("base64:AAAA", OLD + "," + NEW + ",three,four,five")) {
			change(Map.of("membership.encryption.keys", keys));
			assertThat(this.membership.encryption().keys()).containsExactly(EncryptionKey.of(OLD));
		}
		assertThat(errors(output)).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains(UNCHANGED, "membership.encryption.keys"));
		assertThat(output).doesNotContain("base64:A", "five");
	}

	@Test
	void aKeyAtTheWrongPlaceIsNotQuoted(CapturedOutput output) {
		start(Map.of());
		change(Map.of("membership.encryption.accept", "my-secret"));
		assertThat(errors(output)).singleElement(STRING).contains(UNCHANGED, "membership.encryption.accept");
		assertThat(output).doesNotContain("my-secret");
	}

	@Test
	void allowedMembersAndNetworksAreChanged() {
		Membership watched = watched();
		change(Map.of("membership.allowed-members", "a:1,b:2", "membership.allowed-networks", "10.0.0.0/8"));
		then(watched).should().setAllowedMembers(List.of(MemberUri.of("a", 1), MemberUri.of("b", 2)));
		then(watched).should().setAllowedNetworks(List.of(CidrBlock.parse("10.0.0.0/8")));
		remove("membership.allowed-networks");
		then(watched).should().setAllowedNetworks(List.of());
	}

	@Test
	void onlyWhatChangedIsTouched() {
		Membership watched = watched();
		change(Map.of("membership.allowed-members", "a:1"));
		change(Map.of("membership.allowed-members", "a:1"));
		then(watched).should().setAllowedMembers(any());
		then(watched).should(never()).setAllowedNetworks(any());
		then(watched).should(never()).setPayload(any());
		then(watched).should(never()).setEncryption(any());
		then(watched).should(never()).updateOptions(any());
	}

	private Membership watched() {
		configure(Map.of());
		Membership watched = mock(Membership.class);
		given(watched.myself()).willReturn(Membership.builder().advertise("localhost", 1).build().myself());
		this.refresher = new MembershipRefresher(watched, properties(), this.environment, optionsFactory());
		return watched;
	}

	@Test
	void whatTakesARestartIsNamedOnce(CapturedOutput output) {
		start(Map.of("membership.seeds[0]", "a:1"));
		Duration period = this.membership.options().protocolPeriod();
		change(Map.of("membership.port", "1234", "membership.cluster-name", "other"));
		change(Map.of("membership.payload.zone", "b"));
		assertThat(this.membership.options().protocolPeriod()).isEqualTo(period);
		assertThat(warnings(output)).singleElement(STRING)
			.contains("started again: [membership.cluster-name, membership.port]");
		change(Map.of("membership.seeds[1]", "b:1"));
		assertThat(warnings(output)).hasSize(2)
			.last(STRING)
			.contains("[membership.cluster-name, membership.port, membership.seeds]");
		remove("membership.seeds[1]");
		remove("membership.port");
		remove("membership.cluster-name");
		assertThat(warnings(output)).hasSize(2);
	}

	private static List<String> errors(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("ERROR")).toList();
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("WARN")).toList();
	}

}

package io.membership.spring.boot.autoconfigure;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.membership.Binary;
import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link PayloadMapperAutoConfiguration} and {@link PayloadMapper}.
 */
class PayloadMapperAutoConfigurationTests {

	private static final Service SERVICE = new Service("billing", 8443, new BigInteger("18446744073709551615"),
			Long.MIN_VALUE, Instant.parse("2026-01-02T03:04:05.678Z"),
			List.of(new Endpoint("/a", 0.5), new Endpoint("/b", 1)), new UUID(3, 4),
			new BigDecimal("12345678901234567890.10"));

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MembershipAutoConfiguration.class,
				PayloadMapperAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withPropertyValues(TestMesh.properties());

	@Test
	void whatOneNodeWritesAnotherReads() {
		try (TestMesh mesh = new TestMesh()) {
			Membership peer = mesh.start();
			this.contextRunner.withPropertyValues("membership.seeds=" + peer.myself().uri()).run((context) -> {
				PayloadMapper mapper = context.getBean(PayloadMapper.class);
				MemberUri uri = context.getBean(Membership.class).myself().uri();
				mapper.write("service", SERVICE);
				TestMesh.awaitStatus(peer, uri, MemberStatus.ALIVE);
				await().until(() -> peer.member(uri).orElseThrow().payload().containsKey("service"));
				Service read = mapper.read(peer.member(uri).orElseThrow(), "service", Service.class);
				assertThat(read).usingRecursiveComparison().isEqualTo(SERVICE);
			});
		}
	}

	@Test
	void writesAndReadsAWholePayload() {
		this.contextRunner.run((context) -> {
			PayloadMapper mapper = context.getBean(PayloadMapper.class);
			Membership membership = context.getBean(Membership.class);
			membership.setPayload("other", "untouched");
			mapper.write(SERVICE);
			assertThat(membership.myself().payload()).containsEntry("name", "billing")
				.containsEntry("port", 8443L)
				.containsEntry("other", "untouched");
			assertThat(mapper.read(membership.myself(), Payload.class)).isEqualTo(new Payload("billing", "untouched"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "-9223372036854775808", "-1", "0", "9007199254740993", "9223372036854775807",
			"9223372036854775808", "18446744073709551615" })
	void integersAreExact(String number) {
		BigInteger value = new BigInteger(number);
		this.contextRunner.run((context) -> {
			PayloadMapper mapper = context.getBean(PayloadMapper.class);
			Membership membership = context.getBean(Membership.class);
			mapper.write("number", value);
			assertThat(mapper.read(membership.myself(), "number", BigInteger.class)).isEqualTo(value);
			assertThat(mapper.read(membership.myself(), "number", Object.class)).hasToString(number);
			if (value.bitLength() < 64) {
				assertThat(mapper.read(membership.myself(), "number", Long.class)).isEqualTo(value.longValueExact());
			}
			else {
				assertThatExceptionOfType(JacksonException.class)
					.isThrownBy(() -> mapper.read(membership.myself(), "number", Long.class));
			}
		});
	}

	@Test
	void anIntegerBeyondTheRangeIsRefusedAndNothingChanges() {
		this.contextRunner.run((context) -> {
			PayloadMapper mapper = context.getBean(PayloadMapper.class);
			Membership membership = context.getBean(Membership.class);
			mapper.write("number", 1);
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> mapper.write("number", BigInteger.ONE.shiftLeft(64)));
			assertThat(membership.myself().payload()).containsEntry("number", 1L);
		});
	}

	@Test
	void readsWhatOtherLanguagesWrite() {
		this.contextRunner.run((context) -> {
			PayloadMapper mapper = context.getBean(PayloadMapper.class);
			Map<String, Object> payload = new HashMap<>(
					Map.of("binary", Binary.of(new byte[] { 1, 2 }), "list", Arrays.asList(1L, null, "x")));
			payload.put("nothing", null);
			Member member = new Member(MemberUri.of("tarantool", 3301), MemberStatus.ALIVE, 1, payload, Instant.EPOCH,
					null, null, null);
			assertThat(mapper.read(member, "binary", byte[].class)).containsExactly(1, 2);
			assertThat(mapper.read(member, "list", Object.class)).isEqualTo(Arrays.asList(1L, null, "x"));
			assertThat(mapper.read(member, "nothing", String.class)).isNull();
			assertThat(mapper.read(member, "missing", String.class)).isNull();
			assertThatExceptionOfType(JacksonException.class)
				.isThrownBy(() -> mapper.read(member, "list", Service.class));
		});
	}

	@Test
	void writesBytesAsBinary() {
		this.contextRunner.run((context) -> {
			PayloadMapper mapper = context.getBean(PayloadMapper.class);
			Membership membership = context.getBean(Membership.class);
			byte[] bytes = { 1, 2, -1 };
			mapper.write("bytes", bytes);
			mapper.write("nested", Map.of("bytes", Binary.of(bytes)));
			assertThat(membership.myself().payload()).containsEntry("bytes", Binary.of(bytes))
				.containsEntry("nested", Map.of("bytes", Binary.of(bytes)));
			assertThat(mapper.read(membership.myself(), "bytes", byte[].class)).isEqualTo(bytes);
		});
	}

	@Test
	void writingNullRemoves() {
		this.contextRunner.run((context) -> {
			PayloadMapper mapper = context.getBean(PayloadMapper.class);
			Membership membership = context.getBean(Membership.class);
			mapper.write("key", "value");
			mapper.write("key", null);
			assertThat(membership.myself().payload()).isEmpty();
		});
	}

	@Test
	void whenThereIsNoJsonMapperBacksOff() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(MembershipAutoConfiguration.class, PayloadMapperAutoConfiguration.class))
			.withPropertyValues(TestMesh.properties())
			.run((context) -> assertThat(context).hasSingleBean(Membership.class).doesNotHaveBean("payloadMapper"));
	}

	@Test
	void withoutJacksonBacksOff() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Membership.class)
				.doesNotHaveBean("payloadMapper"));
	}

	@Test
	void whenMembershipIsDisabledBacksOff() {
		this.contextRunner.withPropertyValues("membership.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PayloadMapper.class));
	}

	record Service(String name, int port, BigInteger large, long small, Instant since, List<Endpoint> endpoints,
			UUID id, BigDecimal price) {

	}

	record Endpoint(String path, double weight) {

	}

	record Payload(String name, String other) {

	}

}

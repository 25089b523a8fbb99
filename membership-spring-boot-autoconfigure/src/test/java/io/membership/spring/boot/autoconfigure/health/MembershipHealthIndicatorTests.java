package io.membership.spring.boot.autoconfigure.health;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.membership.Member;
import io.membership.MemberStatus;
import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.MembershipOptions;
import io.membership.MembershipState;
import io.membership.spring.boot.autoconfigure.TestMesh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link MembershipHealthIndicator} over HTTP, with a node that is in whatever
 * state a test needs.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MembershipHealthIndicatorTests {

	private static final MemberUri SELF = MemberUri.of("self", 3301);

	private final Membership membership = mock(Membership.class);

	private Duration period = Duration.ofSeconds(1);

	private ConfigurableApplicationContext application;

	@BeforeAll
	void start() {
		aliveNode();
		this.application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.initializers((context) -> context.getBeanFactory().registerSingleton("membership", this.membership))
			.properties(TestMesh.properties("server.port=0", "management.endpoint.health.show-details=always",
					"management.health.defaults.enabled=false", "management.health.membership.enabled=true"))
			.run();
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@BeforeEach
	void aliveNode() {
		this.period = Duration.ofSeconds(1);
		given(this.membership.options()).willReturn(MembershipOptions.DEFAULTS);
		running(Duration.ofMillis(900));
		members(MemberStatus.ALIVE, Map.of());
	}

	private void running(Duration sinceLastPeriod) {
		given(this.membership.state())
			.willReturn(new MembershipState(true, null, sinceLastPeriod, this.period, 0, 0, 0, false, 0));
	}

	private void members(MemberStatus self, Map<String, MemberStatus> others) {
		Map<MemberUri, Member> members = new LinkedHashMap<>();
		members.put(SELF, member(SELF, self));
		others.forEach((uri, status) -> members.put(MemberUri.parse(uri), member(MemberUri.parse(uri), status)));
		given(this.membership.myself()).willReturn(members.get(SELF));
		given(this.membership.members()).willReturn(members);
	}

	private static Member member(MemberUri uri, MemberStatus status) {
		return new Member(uri, status, 1, Map.of(), Instant.EPOCH, null, null, null);
	}

	@Test
	void whenTheProtocolTicksIsUp() {
		Instant before = Instant.now();
		health(200, "UP").jsonPath("$.details.uri")
			.isEqualTo("self:3301")
			.jsonPath("$.details.members.alive")
			.isEqualTo(1)
			.jsonPath("$.details.members.dead")
			.isEqualTo(0)
			.jsonPath("$.details.lastTick")
			.value((Object tick) -> assertThat(Instant.parse(tick.toString())).isBetween(before.minusMillis(901),
					Instant.now().minusMillis(899)))
			.jsonPath("$.details.reason")
			.doesNotExist();
	}

	@Test
	void whenOthersDiedIsUp() {
		members(MemberStatus.ALIVE, Map.of("a:1", MemberStatus.DEAD, "b:1", MemberStatus.SUSPECT, "c:1",
				MemberStatus.NON_DECRYPTABLE, "d:1", MemberStatus.LEFT));
		health(200, "UP").jsonPath("$.details.members.dead")
			.isEqualTo(1)
			.jsonPath("$.details.members.non-decryptable")
			.isEqualTo(1);
	}

	@Test
	void whenNotStartedOrLeftIsOutOfService() {
		given(this.membership.state()).willReturn(new MembershipState(false, null, null, null, 0, 0, 0, false, 0));
		members(MemberStatus.LEFT, Map.of());
		health(503, "OUT_OF_SERVICE").jsonPath("$.details.reason")
			.isEqualTo("not started, or left")
			.jsonPath("$.details.lastTick")
			.doesNotExist();
	}

	@Test
	void whenTheProtocolHasNotTickedForThreePeriodsIsOutOfService() {
		running(Duration.ofSeconds(3));
		health(200, "UP");
		running(Duration.ofMillis(3001));
		health(503, "OUT_OF_SERVICE").jsonPath("$.details.reason")
			.isEqualTo("the protocol has not begun a period for PT3.001S");
	}

	@Test
	void whenItDoubtsItselfAPeriodMayTakeLonger() {
		this.period = Duration.ofSeconds(9);
		running(Duration.ofSeconds(11));
		health(200, "UP");
		running(Duration.ofMillis(11_001));
		health(503, "OUT_OF_SERVICE");
	}

	@Test
	void withVeryShortPeriodsAShortPauseIsNoOutage() {
		given(this.membership.options()).willReturn(MembershipOptions.builder()
			.protocolPeriod(Duration.ofMillis(10))
			.ackTimeout(Duration.ofMillis(5))
			.build());
		this.period = Duration.ofMillis(10);
		running(Duration.ofMillis(500));
		health(200, "UP");
		running(Duration.ofMillis(501));
		health(503, "OUT_OF_SERVICE");
	}

	@Test
	void whenItSeesItselfDeadIsOutOfService() {
		members(MemberStatus.DEAD, Map.of());
		health(503, "OUT_OF_SERVICE").jsonPath("$.details.reason").isEqualTo("this node sees itself as dead");
	}

	@Test
	void whenAnotherProcessUsesItsUriIsOutOfService() {
		given(this.membership.state())
			.willReturn(new MembershipState(true, null, Duration.ZERO, null, 0, 0, 0, true, 0));
		health(503, "OUT_OF_SERVICE").jsonPath("$.details.reason").isEqualTo("another process uses this node's URI");
	}

	@Test
	void whenItsThreadsRanIntoErrorsAndWentOnIsUpAndTellsHowMany() {
		given(this.membership.state())
			.willReturn(new MembershipState(true, null, Duration.ZERO, null, 0, 0, 0, false, 7));
		health(200, "UP").jsonPath("$.details.failures").isEqualTo(7);
	}

	@Test
	void whenItSuspectsItselfIsUp() {
		members(MemberStatus.SUSPECT, Map.of());
		health(200, "UP");
	}

	private RestTestClient.BodyContentSpec health(int httpStatus, String status) {
		String port = this.application.getEnvironment().getProperty("local.server.port");
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + port)
			.build()
			.get()
			.uri("/actuator/health/membership")
			.exchange()
			.expectStatus()
			.isEqualTo(httpStatus)
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(status);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

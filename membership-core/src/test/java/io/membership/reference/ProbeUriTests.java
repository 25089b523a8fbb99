package io.membership.reference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.membership.MemberUri;
import io.membership.ProbeResult;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

import static io.membership.reference.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The reference's {@code test/integration/probe_uri_test.lua}.
 * <p>
 * Deviation: service names and paths ({@code unix/:/dev/null}, {@code -:/}) are refused
 * as malformed, where the original answers that the ping was not sent. So there is one
 * name left that does not resolve, hence one warning instead of three.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProbeUriTests {

	@RegisterExtension
	static final ReferenceNodes servers = new ReferenceNodes("localhost", 1);

	private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.membership.net");

	@Test
	@Order(1)
	void testProbeUri() {
		ReferenceNode server = servers.node(1);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		LOGGER.addAppender(log);
		try (SilentPort nobody = new SilentPort(0)) {
			server.reaches(server);
			assertThat(server.probe(nobody.uri())).isEqualTo(new ProbeResult.NoResponse());
			assertThat(server.probe(MemberUri.of("127.0.0.1", server.port()))).isEqualTo(new ProbeResult.NoResponse());
			assertIsRefused(":::");

			assertIsRefused("unix/:/dev/null");
			MemberUri unknownHost = MemberUri.of(ReferenceNodes.unresolvable("unknown-host"), 9);
			// Once the name was looked up, which may take longer than the ack timeout
			eventually(() -> assertThat(server.probe(unknownHost)).isInstanceOf(ProbeResult.NotSent.class));
			assertIsRefused("-:/");

			assertThat(log.list).filteredOn((event) -> event.getFormattedMessage().contains(unknownHost.toString()))
				.singleElement()
				.extracting(ILoggingEvent::getLevel)
				.isEqualTo(Level.WARN);
		}
		finally {
			LOGGER.detachAppender(log);
		}
	}

	private static void assertIsRefused(String uri) {
		assertThatIllegalArgumentException().isThrownBy(() -> servers.node(1).membership().probeUri(uri))
			.withMessageContaining(uri);
	}

}

package io.membership.swim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.membership.Evidence;
import io.membership.Evidence.Cause;
import io.membership.MemberStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.rumor;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * What a change of a status looks like in the log: as text, and as fields.
 */
class MemberTableLogTests {

	private static final Evidence EVIDENCE = Evidence.reported(Cause.RUMOR, uri(3));

	private final MemberTable table = new MemberTable(VirtualEnvironment.lonely(), uri(1));

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(MemberTable.class);

	private final Level level = this.logger.getLevel();

	@BeforeEach
	void listen() {
		this.table.adopt(alive(1), EVIDENCE);
		this.table.adopt(alive(2), EVIDENCE);
		this.log.start();
		this.logger.setLevel(Level.INFO);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
		this.logger.setLevel(this.level);
	}

	@Test
	void aChangeOfStatusHasFields() {
		this.table.adopt(rumor(uri(2), MemberStatus.SUSPECT, 1), EVIDENCE);
		assertThat(line().getFormattedMessage()).isEqualTo(
				"member=" + uri(2) + " status=suspect was=alive incarnation=1 evidence=\"rumor from " + uri(3) + "\"");
		assertThat(fields()).containsExactly(entry("membership.uri", uri(2).toString()),
				entry("membership.status", "suspect"), entry("membership.incarnation", 1L),
				entry("membership.cause", "rumor"), entry("membership.evidence", "rumor from " + uri(3)),
				entry("membership.previous", "alive"));
	}

	@Test
	void aRemovalHasFields() {
		this.table.remove(uri(2), EVIDENCE);
		assertThat(line().getFormattedMessage()).startsWith("member=" + uri(2) + " removed");
		assertThat(fields()).containsEntry("membership.removed", true).containsEntry("membership.status", "alive");
	}

	private Map<String, Object> fields() {
		Map<String, Object> fields = new LinkedHashMap<>();
		line().getKeyValuePairs().forEach((pair) -> fields.put(pair.key, pair.value));
		return fields;
	}

	private ILoggingEvent line() {
		List<ILoggingEvent> mine = this.log.list.stream()
			.filter((event) -> Objects.equals(event.getThreadName(), Thread.currentThread().getName()))
			.toList();
		assertThat(mine).hasSize(1);
		return mine.get(0);
	}

}

package io.membership;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * How unexpected errors are counted and logged.
 */
class FailuresTests {

	private final AtomicInteger counted = new AtomicInteger();

	private long now = Long.MAX_VALUE;

	private final Failures failures = new Failures(this.counted::incrementAndGet, () -> this.now);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.log.start();
		logger().addAppender(this.log);
		logger().setAdditive(false);
	}

	@AfterEach
	void stopListening() {
		logger().detachAppender(this.log);
		logger().setAdditive(true);
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(Failures.class);
	}

	@Test
	void eachIsCounted() {
		for (int i = 0; i < 5; i++) {
			this.failures.report("a test", new IllegalStateException("on purpose"));
		}
		assertThat(this.failures.count()).isEqualTo(5);
		assertThat(this.counted).hasValue(5);
	}

	@Test
	void oneOfAKindIsLoggedWithWhereItHappenedAndItsTrace() {
		for (int i = 0; i < 5; i++) {
			this.failures.report("a test", new IllegalStateException("number " + i));
		}
		assertThat(lines()).singleElement().asString().isEqualTo("Unexpected error in a test");
		assertThat(this.log.list.get(0).getThrowableProxy().getMessage()).isEqualTo("number 0");
	}

	@Test
	void aKindIsLoggedAgainAfterAMinute() {
		for (int i = 0; i < 100; i++) {
			this.failures.report("a test", new IllegalStateException());
			this.now += Duration.ofSeconds(1).toNanos();
		}
		assertThat(lines()).hasSize(2);
		assertThat(lines().get(1)).isEqualTo("Unexpected error in a test, and 59 like it in the last minute or more");
	}

	@Test
	void anotherPlaceIsAnotherKind() {
		this.failures.report("a test", new IllegalStateException());
		this.failures.report("a test", new IllegalStateException());
		assertThat(lines()).hasSize(2);
	}

	@Test
	void whereverTheStackRanOutIsOneKind() {
		for (int depth = 0; depth < 10; depth++) {
			this.failures.report("a test", overflow(depth));
		}
		assertThat(lines()).hasSize(1);
	}

	@Test
	void verySeldomKindsAreOneKind() {
		for (int i = 0; i < 3 * Failures.MOST_KINDS; i++) {
			IllegalStateException error = new IllegalStateException();
			error.setStackTrace(new StackTraceElement[] { new StackTraceElement("Some", "method", "Some.java", i) });
			this.failures.report("a test", error);
		}
		assertThat(lines()).hasSize(Failures.MOST_KINDS + 1);
	}

	@Test
	void anErrorWithoutATraceIsAnErrorToo() {
		IllegalStateException error = new IllegalStateException();
		error.setStackTrace(new StackTraceElement[0]);
		this.failures.report("a test", error);
		assertThat(lines()).hasSize(1);
	}

	@Test
	void aCounterThatFailsDoesNotKeepItFromBeingLogged() {
		Failures other = new Failures(() -> {
			throw new OutOfMemoryError("on purpose");
		});
		assertThatNoException().isThrownBy(() -> other.report("a test", new IllegalStateException()));
		assertThat(other.count()).isEqualTo(1);
		assertThat(lines()).hasSize(1);
	}

	@Test
	void aLogThatFailsDoesNotMatter() {
		AppenderBase<ILoggingEvent> broken = new AppenderBase<>() {
			@Override
			protected void append(ILoggingEvent event) {
				throw new OutOfMemoryError("on purpose");
			}
		};
		broken.start();
		logger().addAppender(broken);
		try {
			assertThatNoException().isThrownBy(() -> this.failures.report("a test", new IllegalStateException()));
		}
		finally {
			logger().detachAppender(broken);
		}
		assertThat(this.failures.count()).isEqualTo(1);
	}

	private static StackOverflowError overflow(int depth) {
		return (depth == 0) ? new StackOverflowError() : overflow(depth - 1);
	}

	private List<String> lines() {
		return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}

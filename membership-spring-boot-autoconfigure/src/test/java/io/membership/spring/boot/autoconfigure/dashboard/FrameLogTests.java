package io.membership.spring.boot.autoconfigure.dashboard;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameLog} and {@link Cursor}.
 */
class FrameLogTests {

	private final FrameLog log = new FrameLog(3, 100);

	@Test
	void givesEachFrameAfterAnother() {
		append("a", "b");
		Cursor cursor = cursor(0);
		assertThat(read(cursor)).isEqualTo("begin");
		assertThat(read(cursor)).isEqualTo("a");
		assertThat(read(cursor)).isEqualTo("b");
		assertThat(read(cursor)).isNull();
		assertThat(cursor.waiting()).isZero();
		append("c");
		assertThat(cursor.waiting()).isPositive();
		assertThat(read(cursor)).isEqualTo("c");
	}

	@Test
	void goesOnWhereAnotherStopped() {
		append("a", "b", "c");
		Cursor cursor = cursor(2);
		assertThat(read(cursor)).isEqualTo("begin");
		assertThat(read(cursor)).isEqualTo("c");
	}

	@Test
	void forgetsTheOldestFrames() {
		append("a");
		Cursor slow = cursor(0);
		append("b", "c");
		assertThat(slow.isLost()).isFalse();
		append("d");
		assertThat(slow.isLost()).isTrue();
		assertThat(this.log.isKnown(0)).isFalse();
		assertThat(this.log.isKnown(1)).isTrue();
		assertThat(this.log.isKnown(4)).isTrue();
		assertThat(this.log.isKnown(5)).isFalse();
		assertThat(this.log.lastNumber()).isEqualTo(4);
	}

	@Test
	void isLimitedInBytesButKeepsTheLastFrame() {
		append("x".repeat(60), "y".repeat(60));
		assertThat(this.log.isKnown(0)).isFalse();
		append("z".repeat(1000));
		assertThat(this.log.isKnown(1)).isFalse();
		assertThat(this.log.after(2)).hasSize(1000);
	}

	private void append(String... frames) {
		for (String frame : frames) {
			this.log.append(frame.getBytes(StandardCharsets.US_ASCII));
		}
	}

	private Cursor cursor(long number) {
		return new Cursor(this.log, number, "begin".getBytes(StandardCharsets.US_ASCII));
	}

	private static String read(Cursor cursor) {
		byte[] next = cursor.next();
		return (next != null) ? new String(next, StandardCharsets.US_ASCII) : null;
	}

}

package io.membership.spring.boot.autoconfigure.dashboard;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open page of a servlet application, written by non-blocking I/O (Servlet 3.1): by
 * whoever has news, as long as the connection takes them, and by the container when it
 * takes them again. Thread-safe.
 */
final class ServletDashboardClient implements DashboardClient, WriteListener, AsyncListener {

	private static final Logger logger = LoggerFactory.getLogger(ServletDashboardClient.class);

	private final AsyncContext context;

	private final ServletOutputStream output;

	private final Cursor cursor;

	private final Consumer<DashboardClient> onClose;

	/** Before the container has called for the first time, it may not be asked. */
	private boolean writable;

	private boolean unflushed;

	private boolean closed;

	ServletDashboardClient(AsyncContext context, ServletOutputStream output, Cursor cursor,
			Consumer<DashboardClient> onClose) {
		this.context = context;
		this.output = output;
		this.cursor = cursor;
		this.onClose = onClose;
	}

	void start() {
		this.context.setTimeout(0);
		this.context.addListener(this);
		this.output.setWriteListener(this);
	}

	@Override
	public synchronized void onWritePossible() {
		this.writable = true;
		wakeUp();
	}

	@Override
	public synchronized void wakeUp() {
		if (this.closed || !this.writable) {
			return;
		}
		if (this.cursor.isLost()) {
			logger.debug("A page lags too far behind");
			close();
			return;
		}
		try {
			write();
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("A page is gone", ex);
			close();
		}
	}

	private void write() throws IOException {
		while (this.output.isReady()) {
			byte[] next = this.cursor.next();
			if (next != null) {
				this.output.write(next);
				this.unflushed = true;
			}
			else if (this.unflushed) {
				this.unflushed = false;
				this.output.flush();
			}
			else {
				return;
			}
		}
	}

	@Override
	public synchronized void endIfStuck(Duration patience) {
		if (!this.closed && this.cursor.waiting() > patience.toNanos()) {
			logger.debug("A page has read nothing for {}", patience);
			close();
		}
	}

	@Override
	public synchronized void end() {
		wakeUp();
		close();
	}

	private void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.onClose.accept(this);
		try {
			this.context.complete();
		}
		catch (IllegalStateException ex) {
			logger.debug("The container was faster", ex);
		}
	}

	// The container tells of an end

	@Override
	public synchronized void onError(Throwable failure) {
		logger.debug("A page is gone", failure);
		close();
	}

	@Override
	public void onError(AsyncEvent event) {
		onError(event.getThrowable());
	}

	@Override
	public synchronized void onTimeout(AsyncEvent event) {
		close();
	}

	@Override
	public synchronized void onComplete(AsyncEvent event) {
		this.closed = true;
		this.onClose.accept(this);
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// This is the only start
	}

}

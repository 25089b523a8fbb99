package io.membership.spring.boot.autoconfigure.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Reads the news for a page as a browser does.
 */
final class EventStream implements AutoCloseable {

	private final HttpResponse<InputStream> response;

	private final List<Event> events = new CopyOnWriteArrayList<>();

	private final Thread reader = new Thread(this::read, "event-stream");

	private volatile boolean ended;

	private EventStream(HttpResponse<InputStream> response) {
		this.response = response;
		this.reader.start();
	}

	static EventStream open(String url, String lastEventId) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/membership/events"));
		if (lastEventId != null) {
			request.header("Last-Event-ID", lastEventId);
		}
		return new EventStream(HttpClient.newHttpClient()
			.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
			.join());
	}

	private void read() {
		try (var lines = new BufferedReader(new InputStreamReader(this.response.body(), StandardCharsets.UTF_8))) {
			String id = null;
			String name = null;
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("id: ")) {
					id = line.substring(4);
				}
				else if (line.startsWith("event: ")) {
					name = line.substring(7);
				}
				else if (line.startsWith("data: ")) {
					this.events.add(new Event(id, name, line.substring(6)));
				}
			}
			this.ended = true;
		}
		catch (IOException ex) {
			this.ended = false;
		}
	}

	HttpResponse<InputStream> response() {
		return this.response;
	}

	/** Returns what was read so far, without the signs of life. */
	List<Event> events() {
		return this.events.stream().filter((event) -> !event.name().equals("beat")).toList();
	}

	/** Tells whether the server has ended it in an orderly way. */
	boolean isEnded() {
		return this.ended;
	}

	@Override
	public void close() {
		try {
			this.response.body().close();
			this.reader.join(5000);
		}
		catch (IOException | InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	record Event(String id, String name, String data) {

	}

}

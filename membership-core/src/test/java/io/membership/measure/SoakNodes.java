package io.membership.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.membership.MemberUri;
import io.membership.process.Child;
import io.membership.process.JavaCommand;
import org.jspecify.annotations.Nullable;

/**
 * A process of {@link SoakNodeProcess}, seen from outside, and those that follow it. One
 * that was started is waited for when it is needed.
 */
final class SoakNodes implements AutoCloseable {

	private static final int ANY_PORT = 0;

	private static final long PATIENCE_SECONDS = 600;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final int stayingCount;

	private final String snapshots;

	private final List<MemberUri> seeds;

	private @Nullable Child child;

	private boolean begun;

	private List<MemberUri> staying = List.of();

	private int port = ANY_PORT;

	/**
	 * Creates a process that does not run yet.
	 * @param stayingCount how many nodes it has besides the restless one
	 * @param snapshots the beginning of the names of snapshot files
	 * @param seeds the seeds of all its nodes
	 */
	SoakNodes(int stayingCount, String snapshots, List<MemberUri> seeds) {
		this.stayingCount = stayingCount;
		this.snapshots = snapshots;
		this.seeds = seeds;
	}

	/** Starts the process on any port. */
	void startAnywhere() throws IOException {
		this.port = ANY_PORT;
		start();
	}

	/** Starts the process where it was before. */
	void start() throws IOException {
		List<Object> arguments = new ArrayList<>(List.of(this.stayingCount, this.port, this.snapshots));
		arguments.addAll(this.seeds);
		this.begun = false;
		this.child = JavaCommand.of(SoakNodeProcess.class, arguments.toArray()).start(this::read);
	}

	/** Whether the nodes of the process run, as far as they said so already. */
	boolean isReady() {
		String begin = this.begun ? null : this.answers.poll();
		if (begin != null) {
			begin(begin);
		}
		return this.begun;
	}

	private Child begun() throws InterruptedException {
		Child running = running();
		if (!this.begun) {
			begin(answer("start"));
		}
		return running;
	}

	private void begin(String answer) {
		List<MemberUri> uris = Arrays.stream(answer.split(" ", -1)).map(MemberUri::parse).toList();
		this.staying = uris.subList(0, uris.size() - 1);
		this.port = uris.get(uris.size() - 1).port();
		this.begun = true;
	}

	private void read(String line) {
		if (line.startsWith(SoakNodeProcess.ANSWER)) {
			this.answers.add(line.substring(SoakNodeProcess.ANSWER.length()));
		}
		else {
			System.out.println(line);
		}
	}

	/** Returns the URIs of the nodes that stay. */
	List<MemberUri> staying() throws InterruptedException {
		begun();
		return this.staying;
	}

	/** Whether this process must not be stopped or killed. */
	boolean isWatched() {
		return this.stayingCount > 0;
	}

	/** Tells the restless node to do something. */
	void tell(String command) throws IOException, InterruptedException {
		this.port = MemberUri.parse(ask(command)).port();
	}

	/** Returns the figures of the process. */
	Map<String, Long> sample() throws IOException, InterruptedException {
		Map<String, Long> figures = new LinkedHashMap<>();
		for (String figure : ask(SoakNodeProcess.SAMPLE).split(" ", -1)) {
			int end = figure.lastIndexOf('=');
			figures.put(figure.substring(0, end), Long.parseLong(figure.substring(end + 1)));
		}
		return figures;
	}

	/** Returns what each of the nodes that run sees. */
	Map<MemberUri, String> views() throws IOException, InterruptedException {
		String[] words = ask(SoakNodeProcess.VIEWS).split(" ", -1);
		Map<MemberUri, String> views = new LinkedHashMap<>();
		for (int i = 0; i + 1 < words.length; i += 2) {
			views.put(MemberUri.parse(words[i]), words[i + 1]);
		}
		return views;
	}

	private String ask(String command) throws IOException, InterruptedException {
		begun().tell(command);
		return answer(command);
	}

	private String answer(String question) throws InterruptedException {
		String answer = this.answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
		if (answer == null) {
			throw new IllegalStateException("No answer to '" + question + "'");
		}
		return answer;
	}

	private Child running() {
		Child running = this.child;
		if (running == null || !running.isAlive()) {
			throw new IllegalStateException("A process ended of which nobody asked that");
		}
		return running;
	}

	/** Stops the process, as SIGSTOP does, until the result is closed. */
	Child.Stop stop() throws IOException, InterruptedException {
		return begun().stop();
	}

	/** Kills the process. */
	void kill() throws InterruptedException {
		begun().close();
		this.child = null;
	}

	@Override
	public void close() {
		if (this.child != null) {
			this.child.close();
		}
	}

}

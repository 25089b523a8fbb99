package io.membership.spring.boot.autoconfigure.dashboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Serves the page, its files and its news in a servlet application.
 */
final class ServletDashboard {

	static final String PATH = "/membership";

	/** Nothing from elsewhere, nothing inline, and not within another page. */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
			+ " img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private final DashboardFeed feed;

	ServletDashboard(DashboardFeed feed) {
		this.feed = feed;
	}

	/** Returns who answers which path. */
	Map<String, HttpRequestHandler> handlers() {
		Map<String, HttpRequestHandler> handlers = new LinkedHashMap<>();
		handlers.put(PATH, readOnly(this::redirect));
		handlers.put(PATH + "/", asset("dashboard.html", "text/html;charset=utf-8"));
		handlers.put(PATH + "/dashboard.css", asset("dashboard.css", "text/css;charset=utf-8"));
		handlers.put(PATH + "/dashboard.js", asset("dashboard.js", "text/javascript;charset=utf-8"));
		handlers.put(PATH + "/state", readOnly(this::state));
		handlers.put(PATH + "/events", readOnly(this::events));
		return handlers;
	}

	/**
	 * Only GET and HEAD, and whatever is answered stays what it says it is, and here.
	 */
	private static HttpRequestHandler readOnly(HttpRequestHandler handler) {
		return (request, response) -> {
			if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
				response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
				response.sendError(HttpStatus.METHOD_NOT_ALLOWED.value());
				return;
			}
			response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
			response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
			response.setHeader("Referrer-Policy", "no-referrer");
			response.setHeader("X-Content-Type-Options", "nosniff");
			handler.handleRequest(request, response);
		};
	}

	/** To where relative links lead to the files; relative itself, for proxies' sake. */
	private void redirect(HttpServletRequest request, HttpServletResponse response) {
		response.setStatus(HttpStatus.FOUND.value());
		response.setHeader(HttpHeaders.LOCATION, PATH.substring(1) + "/");
	}

	private static HttpRequestHandler asset(String name, String type) {
		DashboardAsset asset = DashboardAsset.load(name, type);
		return readOnly((request, response) -> {
			response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
			if (!new ServletWebRequest(request, response).checkNotModified(asset.etag())) {
				write(response, asset.type(), asset.content());
			}
		});
	}

	private void state(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		write(response, "application/json", this.feed.state().getBytes(StandardCharsets.US_ASCII));
	}

	private static void write(HttpServletResponse response, String type, byte[] content) throws IOException {
		response.setContentType(type);
		response.setContentLength(content.length);
		response.getOutputStream().write(content);
	}

	private void events(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("X-Accel-Buffering", "no");
		response.setContentType("text/event-stream");
		if (request.getMethod().equals("HEAD")) {
			return;
		}
		AsyncContext context = request.startAsync(request, response);
		var output = response.getOutputStream();
		Optional<ServletDashboardClient> client = this.feed.open(lastEventId(request),
				(cursor) -> new ServletDashboardClient(context, output, cursor, this.feed::closed));
		if (client.isPresent()) {
			client.get().start();
		}
		else {
			response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
			response.setHeader(HttpHeaders.RETRY_AFTER, "10");
			context.complete();
		}
	}

	/** Browsers send the header only when they themselves connect anew. */
	private static @Nullable String lastEventId(HttpServletRequest request) {
		String header = request.getHeader("Last-Event-ID");
		return StringUtils.hasText(header) ? header : request.getParameter("lastEventId");
	}

}

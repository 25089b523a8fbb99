package io.membership.spring.boot.autoconfigure.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.membership.MemberUri;
import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.TestMesh;
import io.membership.spring.boot.history.MembershipHistory;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the live page in a headless Chromium.
 */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledIf(value = "io.membership.spring.boot.autoconfigure.dashboard.Browser#isInstalled",
		disabledReason = "chromium or chromedriver is not in the PATH")
@Timeout(120)
class DashboardBrowserTests {

	private static final int SIZE = 30;

	private MadeUpMesh mesh;

	private ConfigurableApplicationContext application;

	private Browser browser;

	@BeforeAll
	void start() {
		this.mesh = new MadeUpMesh();
		this.application = DashboardApplication.start(this.mesh);
		this.browser = Browser.start();
		this.browser.resize(1280, 860);
		this.mesh.grow(SIZE);
		MembershipHistory history = this.application.getBean(MembershipHistory.class);
		await().until(() -> history.lastId() == SIZE - 1);
	}

	@AfterAll
	void stop() {
		this.browser.close();
		this.application.close();
		this.mesh.close();
	}

	@BeforeEach
	void open() {
		this.browser.driver().get(DashboardApplication.url(this.application) + "/membership");
		soon().until(() -> texts("tbody .uri button").contains(MadeUpMesh.SELF.toString()));
	}

	@Test
	void searchesTableTilesAndTimeLine() {
		find("#search").sendKeys("node-7.");
		soon().until(() -> texts("tbody .uri button").equals(List.of(MadeUpMesh.uri(7).toString())));
		assertThat(count(".tile:not(.other)")).isEqualTo(1);
		assertThat(texts("#changes b")).containsOnly(MadeUpMesh.uri(7).toString());
		find("#search").clear();
		find("#search").sendKeys("nobody");
		soon().until(() -> find("#nobody").isDisplayed());
		find("#reset").click();
		soon().until(() -> count("tbody tr") == count(".tile"));
	}

	@Test
	void sortsByAColumnInBothDirections() {
		find("[data-sort=zone]").click();
		soon().until(() -> attribute("th:nth-child(3)", "aria-sort").equals("ascending"));
		soon().untilAsserted(() -> assertThat(texts("tbody .zone-name")).isSorted());
		find("[data-sort=zone]").click();
		soon().until(() -> attribute("th:nth-child(3)", "aria-sort").equals("descending"));
		soon().untilAsserted(
				() -> assertThat(texts("tbody .zone-name")).isSortedAccordingTo((one, other) -> other.compareTo(one)));
	}

	@Test
	void showsOnlyMembersWithAStatus() {
		MemberUri uri = MadeUpMesh.uri(11);
		this.mesh.leave(uri);
		soon().until(() -> tile(uri).getAttribute("data-status").equals("left"));
		find(".counts [data-status=left]").click();
		soon().until(() -> texts("tbody .uri button").contains(uri.toString())
				&& !texts("tbody .uri button").contains(MadeUpMesh.SELF.toString()));
		assertThat(attribute(".counts [data-status=left]", "aria-pressed")).isEqualTo("true");
	}

	@Test
	void tellsLiveWhoDiedAndWhy() {
		MemberUri uri = MadeUpMesh.uri(12);
		this.mesh.suspect(uri);
		this.mesh.die(uri);
		soon().until(() -> tile(uri).getAttribute("data-status").equals("dead"));
		assertThat(find("#changes li").getText()).contains(uri + " is dead",
				"did not contradict the suspicion within 3.0 s", "Probed in vain by this node, " + MadeUpMesh.uri(4));
		assertThat(find("#changes li + li").getText()).contains(uri + " is suspected", "nor to 3 helpers");
	}

	@Test
	void canBeUsedWithoutAMouse() {
		find("body").sendKeys("/");
		soon().until(() -> active().getAttribute("id").equals("search"));
		active().sendKeys(Keys.ESCAPE);
		this.browser.run("document.querySelector('.tile[tabindex=\"0\"]').focus()");
		String first = active().getAttribute("title");
		assertThat(count(".tile[tabindex='0']")).isEqualTo(1);
		active().sendKeys(Keys.ARROW_RIGHT);
		assertThat(active().getAttribute("title")).isNotEqualTo(first);
		active().sendKeys(Keys.END);
		String last = active().getAttribute("title");
		active().sendKeys(Keys.ENTER);
		soon().until(() -> find("#selected").isDisplayed());
		assertThat(last).startsWith(find("#selected b").getText());
		soon().until(() -> texts("#changes b").stream().allMatch(last::startsWith));
		active().sendKeys(Keys.ESCAPE);
		soon().until(() -> !find("#selected").isDisplayed());
		assertThat(this.browser.run("return Array.from(document.querySelectorAll('button, input, select'))"
				+ ".filter((control) => !(control.textContent.trim() || control.labels && control.labels.length > 0)).length"))
			.isEqualTo(0L);
	}

	@Test
	void whatIsHostileIsText() {
		MemberUri uri = MemberUri.of("hostile", 1);
		String zone = "<img src=x onerror=document.title='hacked'>";
		this.mesh.add(uri, Map.of("zone", zone), null);
		soon().until(() -> texts(".zone h3").stream().anyMatch((text) -> text.startsWith(zone)));
		assertThat(count("img")).isZero();
		this.mesh.remove(uri);
		soon().until(() -> texts(".zone h3").stream().noneMatch((text) -> text.startsWith("<")));
		assertThat(texts("#changes li:first-child")).singleElement().asString().contains("hostile:1 was removed");
	}

	@Test
	void canBeDark() {
		this.browser.run("""
				const theme = document.getElementById('theme');
				theme.value = arguments[0];
				theme.dispatchEvent(new Event('change'));""", "dark");
		assertThat(attribute("html", "data-theme")).isEqualTo("dark");
		this.browser.driver().navigate().refresh();
		soon().until(() -> attribute("html", "data-theme").equals("dark"));
		this.browser.run("localStorage.removeItem('membership.theme')");
	}

	@Test
	void fitsANarrowWindow() {
		this.browser.resize(500, 800);
		this.browser.run("document.documentElement.style.width = '380px'");
		assertThat((Long) this.browser.run("return document.body.scrollWidth")).isLessThanOrEqualTo(380);
		this.browser.resize(1280, 860);
	}

	@Test
	void seesARealMemberDieAndItsOwnNodeComeBack() {
		try (TestMesh real = new TestMesh()) {
			Membership peer = real.start();
			ConfigurableApplicationContext node = realNode(0, peer.myself().uri());
			int port = Integer.parseInt(node.getEnvironment().getProperty("local.server.port"));
			this.browser.driver().get("http://localhost:" + port + "/membership");
			MemberUri uri = peer.myself().uri();
			await().until(() -> texts("tbody .uri button").contains(uri.toString()));
			peer.crash();
			soon().until(() -> !tile(uri).getAttribute("data-status").equals("alive"));
			await().until(() -> tile(uri).getAttribute("data-status").equals("dead"));

			node.close();
			soon().until(() -> find("#banner").isDisplayed());
			assertThat(find("#banner").getText()).contains("has stopped");
			Membership other = real.start();
			try (ConfigurableApplicationContext again = realNode(port, other.myself().uri())) {
				await().until(() -> texts("tbody .uri button").contains(other.myself().uri().toString()));
				assertThat(find("#banner").isDisplayed()).isFalse();
				assertThat(texts("tbody .uri button")).doesNotContain(uri.toString())
					.contains(again.getBean(Membership.class).myself().uri().toString());
			}
		}
	}

	private static ConfigurableApplicationContext realNode(int port, MemberUri seed) {
		return new SpringApplicationBuilder(DashboardApplication.class).web(WebApplicationType.SERVLET)
			.properties(TestMesh.properties("server.port=" + port, "membership.dashboard.enabled=true",
					"server.shutdown=graceful", "membership.seeds=" + seed))
			.run();
	}

	/** As soon as a user may expect. */
	private static ConditionFactory soon() {
		return await().atMost(Duration.ofSeconds(3)).ignoreExceptions();
	}

	private WebElement find(String selector) {
		return this.browser.driver().findElement(By.cssSelector(selector));
	}

	private WebElement active() {
		return this.browser.driver().switchTo().activeElement();
	}

	private WebElement tile(MemberUri uri) {
		return find(".tile[title^='" + uri + ",']");
	}

	private String attribute(String selector, String name) {
		return find(selector).getAttribute(name);
	}

	private int count(String selector) {
		return this.browser.driver().findElements(By.cssSelector(selector)).size();
	}

	@SuppressWarnings("unchecked")
	private List<String> texts(String selector) {
		return (List<String>) this.browser
			.run("return Array.from(document.querySelectorAll(arguments[0]), (node) => node.textContent)", selector);
	}

}

package io.membership.smoke;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for what is published: the bill of materials, module names, and the weight of the
 * starter.
 */
class PublishedModulesTests {

	/** Beyond {@code spring-boot-starter}, which every application has. */
	private static final List<String> ADDED = List.of("membership-core", "membership-spring-boot-autoconfigure",
			"membership-spring-boot-starter", "msgpack-core");

	private static final int MOST_KILOBYTES = 1024;

	@Test
	void theBillOfMaterialsNamesAllPublishedJars() throws Exception {
		Element bom = pom(Path.of("..", "membership-bom"));
		assertThat(
				elements(bom, "artifactId").stream().map(Node::getTextContent).filter((id) -> !id.endsWith("-plugin")))
			.containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of("membership-bom"), published()).toList());
	}

	private static Stream<String> published() throws Exception {
		Element parent = pom(Path.of(".."));
		List<String> published = new ArrayList<>();
		for (Node module : elements(parent, "module")) {
			Element pom = pom(Path.of("..", module.getTextContent()));
			boolean isJar = elements(pom, "packaging").isEmpty();
			if (isJar && elements(pom, "maven.deploy.skip").isEmpty()) {
				published.add(module.getTextContent());
			}
		}
		return published.stream();
	}

	@Test
	void theBillOfMaterialsHasTheVersionOfTheRest() throws Exception {
		assertThat(version(Path.of("..", "membership-bom"))).isEqualTo(version(Path.of("..")));
	}

	private static String version(Path directory) throws Exception {
		return elements(pom(directory), "version").get(0).getTextContent();
	}

	private static Element pom(Path directory) throws Exception {
		Document document = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(directory.resolve("pom.xml").toFile());
		return document.getDocumentElement();
	}

	private static List<Node> elements(Element pom, String name) {
		NodeList found = pom.getElementsByTagName(name);
		List<Node> nodes = new ArrayList<>();
		for (int i = 0; i < found.getLength(); i++) {
			nodes.add(found.item(i));
		}
		return nodes;
	}

	@Test
	void eachJarNamesItsModule() throws IOException {
		for (File jar : jars("membership-")) {
			try (JarFile opened = new JarFile(jar)) {
				Attributes attributes = opened.getManifest().getMainAttributes();
				assertThat(attributes.getValue("Automatic-Module-Name")).as(jar.getName()).startsWith("io.membership.");
			}
		}
	}

	@Test
	void theStarterAddsFourSmallJars() throws IOException {
		long bytes = 0;
		for (String added : ADDED) {
			List<File> jars = jars(added + "-[0-9]");
			assertThat(jars).as(added).hasSize(1);
			bytes += Files.size(jars.get(0).toPath());
		}
		assertThat(bytes / 1024).isLessThan(MOST_KILOBYTES);
	}

	/** Before the modules are packaged, there are only directories. */
	private static List<File> jars(String prefix) {
		List<File> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(File::new)
			.filter((file) -> file.getName().matches(prefix + ".*\\.jar"))
			.toList();
		assumeThat(jars).isNotEmpty();
		return jars;
	}

}

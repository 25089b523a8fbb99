package io.membership.docs;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Profile;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/**
 * Reads POMs, those of this project and the pieces that documents show.
 */
final class Pom {

	private static final Pattern ROOT_ELEMENT = Pattern.compile("<(\\w+)[ >]");

	private Pom() {
	}

	static Model root() {
		return read("pom.xml");
	}

	/** Returns all modules, those of profiles included. */
	static List<String> modules() {
		List<String> modules = new ArrayList<>(root().getModules());
		root().getProfiles().forEach((profile) -> modules.addAll(profile.getModules()));
		return modules;
	}

	/** Returns all that can be switched on by -P, in any module. */
	static List<String> profiles() {
		List<String> profiles = new ArrayList<>(root().getProfiles().stream().map(Profile::getId).toList());
		for (String module : modules()) {
			profiles.addAll(read(module + "/pom.xml").getProfiles().stream().map(Profile::getId).toList());
		}
		return profiles;
	}

	private static Model read(String file) {
		try {
			return parse(Documents.read(Documents.ROOT.resolve(file)));
		}
		catch (XmlPullParserException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns what is wrong with a piece of a POM: elements, or what it depends on. */
	static List<String> problems(String piece) {
		Matcher first = ROOT_ELEMENT.matcher(piece);
		if (!first.find()) {
			return List.of("No element");
		}
		try {
			return problems(parse(switch (first.group(1)) {
				case "project" -> piece;
				case "dependency" -> "<project><dependencies>" + piece + "</dependencies></project>";
				case "plugin" -> "<project><build><plugins>" + piece + "</plugins></build></project>";
				default -> "<project>" + piece + "</project>";
			}));
		}
		catch (XmlPullParserException ex) {
			return List.of(Objects.requireNonNullElse(ex.getMessage(), "Not well-formed"));
		}
	}

	private static List<String> problems(Model model) {
		List<Dependency> dependencies = new ArrayList<>(model.getDependencies());
		if (model.getDependencyManagement() != null) {
			dependencies.addAll(model.getDependencyManagement().getDependencies());
		}
		List<String> problems = new ArrayList<>();
		Parent parent = model.getParent();
		String boot = root().getProperties().getProperty("spring-boot.version");
		if (parent != null
				&& !(parent.getGroupId().equals("org.springframework.boot") && parent.getVersion().equals(boot))) {
			problems.add("The build does not have " + parent.getId());
		}
		dependencies.stream()
			.filter((dependency) -> !ClassPath.has(dependency.getGroupId(), dependency.getArtifactId(),
					Objects.requireNonNullElse(dependency.getVersion(), "")))
			.forEach((dependency) -> problems
				.add("The build does not have " + dependency.getManagementKey() + ":" + dependency.getVersion()));
		return problems;
	}

	private static Model parse(String text) throws XmlPullParserException {
		try {
			return new MavenXpp3Reader().read(new StringReader(text), true);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

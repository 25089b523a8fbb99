package io.membership.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;

/**
 * Compiles examples in Java. One is taken for the first of these that it can be read as:
 * a whole file, the members of a class, or the statements of a method. What it does not
 * import is looked for in {@link #IMPORTS}.
 */
final class JavaExamples {

	/** What an editor would suggest for the names in the examples. */
	private static final List<String> IMPORTS = List.of("java.nio.file.*", "java.time.*", "java.util.*",
			"java.util.concurrent.*", "io.membership.*", "io.membership.net.EventLoopGroup",
			"io.membership.spring.boot.autoconfigure.*", "io.membership.spring.boot.autoconfigure.discovery.*",
			"io.membership.spring.boot.history.*", "io.membership.spring.boot.test.*", "io.membership.test.*",
			"org.junit.jupiter.api.*", "org.slf4j.*", "org.springframework.beans.factory.annotation.*",
			"org.springframework.boot.*", "org.springframework.boot.autoconfigure.*",
			"org.springframework.boot.test.context.*", "org.springframework.cloud.client.discovery.*",
			"org.springframework.cloud.client.loadbalancer.*", "org.springframework.context.annotation.*",
			"org.springframework.context.event.EventListener", "org.springframework.core.env.*",
			"org.springframework.security.config.*", "org.springframework.security.config.annotation.web.builders.*",
			"org.springframework.security.web.*", "org.springframework.stereotype.*",
			"org.springframework.web.bind.annotation.*", "org.springframework.web.client.*",
			"static io.membership.test.Conditions.*", "static org.assertj.core.api.Assertions.*");

	private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

	private final StandardJavaFileManager files = this.compiler.getStandardFileManager(null, null, null);

	JavaExamples(Path output) throws IOException {
		this.files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(Files.createDirectories(output)));
		this.files.setLocationFromPaths(StandardLocation.CLASS_PATH, ClassPath.elements());
	}

	/** Returns what the compiler has against an example; nothing is fine. */
	List<String> problems(Example example) {
		return readings(example).filter(this::parses)
			.findFirst()
			.map(this::compile)
			.orElseGet(() -> List.of("This is neither a file, nor members of a class, nor statements"));
	}

	private static Stream<Source> readings(Example example) {
		String text = example.text();
		String start = "class Example {\n" + example.given() + "\n";
		boolean imports = text.startsWith("package ") || text.startsWith("import ");
		return Stream
			.of(imports ? "" : imports(), imports() + start, imports() + start + "void example() throws Exception {\n")
			.map((head) -> new Source(head + text + "}".repeat(Math.max(0, braces(head)))));
	}

	private static int braces(String head) {
		return (int) (head.chars().filter((character) -> character == '{').count()
				- head.chars().filter((character) -> character == '}').count());
	}

	private static String imports() {
		return IMPORTS.stream().map((name) -> "import " + name + ";\n").collect(Collectors.joining());
	}

	private boolean parses(Source source) {
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		try {
			task(source, found).parse();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return found.getDiagnostics().isEmpty();
	}

	private List<String> compile(Source source) {
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		task(source, found).call();
		List<String> problems = new ArrayList<>();
		for (Diagnostic<? extends JavaFileObject> problem : found.getDiagnostics()) {
			if (problem.getKind() == Diagnostic.Kind.ERROR || problem.getKind() == Diagnostic.Kind.MANDATORY_WARNING) {
				problems.add(problem.getMessage(Locale.ROOT) + " at: " + source.line(problem.getLineNumber()));
			}
		}
		return problems;
	}

	private JavacTask task(Source source, DiagnosticCollector<JavaFileObject> found) {
		List<String> options = List.of("-proc:none", "--release", "17", "-Xlint:deprecation,removal,unchecked");
		return (JavacTask) this.compiler.getTask(null, this.files, found, options, null, List.of(source));
	}

	/** A file in memory; its only public class may have any name. */
	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String text) {
			super(URI.create("memory:///Example.java"), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public boolean isNameCompatible(String simpleName, Kind kind) {
			return kind == Kind.SOURCE;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

		String line(long number) {
			return this.text.lines().skip(Math.max(0, number - 1)).findFirst().orElse("").strip();
		}

	}

}

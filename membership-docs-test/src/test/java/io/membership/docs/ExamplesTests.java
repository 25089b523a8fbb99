package io.membership.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Examples}: it finds what is wrong.
 */
class ExamplesTests {

	private static Examples examples;

	@BeforeAll
	static void prepare(@TempDir Path output) throws IOException {
		examples = new Examples(output);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					java       | class A { int a = ""; }                                | incompatible types
					java       | int a = "";                                            | incompatible types
					java       | void a() { return 1; }                                 | unexpected return value
					java       | new Date(2026, 1, 1);                                  | deprecated
					java       | class {                                                | neither a file
					yaml       | membership: { seed: "a:3301" }                         | No property is called membership.seed
					yaml       | membership: { port: high }                             | Failed to bind
					yaml       | membership: { seeds: "a:b:c" }                         | membership.seeds
					yaml       | membership: { protocol-period: 0s }                    | membership.protocol-period
					yaml       | { apiVersion: v1, kind: Service, spec: { a: b } }      | Unrecognized field
					yaml       | { apiVersion: v2, kind: Service }                      | Unknown kind
					properties | management.endpoint.membership.access=all              | Failed to bind
					properties | spring.applikation.name=a                              | No property is called spring.applikation
					xml        | <dependency><group>a</group></dependency>              | Unrecognised tag
					xml        | <dependency><groupId>a</groupId></dependency           | expected >
					xml        | <dependency><groupId>io.membership</groupId><artifactId>none</artifactId></dependency> | does not have
					groovy     | implementation 'io.membership:membership-core:0.0.1'   | does not have
					kotlin     | implementation("org.slf4j:slf4j")                      | does not have
					json       | { "a": }                                               | Unexpected character
					json       | "a": 1, b                                              | Unexpected character
					shell      | echo "                                                 | unexpected EOF
					shell      | mvn verify -pl membership-none                         | No module
					shell      | mvn verify -Pnone                                      | No profile
					shell      | mvn verify -Dtest=ExamplesTests#none                   | no test
					sh         | java -jar app.jar --membership.seed=a:3301             | No property is called membership.seed
					sh         | curl localhost:8080/actuator/members                   | No endpoint
					console    | mvn verify                                             | No command
					lua        | local a = = 1                                          | unexpected symbol
					basic      | PRINT                                                  | Nobody knows
					""")
	void findsWhatIsWrong(String language, String text, String problem) throws Exception {
		assertThat(examples.problems(example(language, text, "", ""))).first().asString().contains(problem);
	}

	@Test
	void takesForGrantedWhatIsDeclared() throws Exception {
		assertThat(examples.problems(example("java", "a.length();", "", "String a;"))).isEmpty();
	}

	@Test
	void isAPartOfTheFileThatItNames() throws Exception {
		assertThat(examples.problems(example("java", "record Example(Path file,", file("Example"), ""))).isEmpty();
		assertThat(examples.problems(example("java", "record Example(Path none,", file("Example"), ""))).isNotEmpty();
	}

	private static String file(String name) {
		return "membership-docs-test/src/test/java/io/membership/docs/" + name + ".java";
	}

	@Test
	void readsFences() {
		String document = """
				Text.

				<!-- given: int a; -->
				```java
				a++;
				```

				* item

				  ```
				  b
				  ```
				""";
		List<Example> found = Example.in(Documents.ROOT.resolve("a.md"), document);
		assertThat(found).extracting(Example::line).containsExactly(4, 10);
		assertThat(found).extracting(Example::language).containsExactly("java", "");
		assertThat(found).extracting(Example::given).containsExactly("int a;", "");
		assertThat(found).extracting(Example::text).containsExactly("a++;\n", "  b\n");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> Example.in(Documents.ROOT.resolve("a.md"), "```java"));
	}

	@Test
	void readsTheCommandsOfASession() {
		assertThat(ShellExamples.commands("$ a \\\n  b\nprinted\n$ c\n")).isEqualTo("a \\\n  b\nc\n");
	}

	private static Example example(String language, String text, String source, String given) {
		return new Example(Documents.ROOT.resolve("a.md"), 1, language, source, given, text + "\n");
	}

}

package io.membership;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is a URI and what is not, told by the grammar as a regular expression.
 */
class MemberUriPropertyTests {

	private static final Pattern GRAMMAR = Pattern.compile("(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_.])?"
			+ "|\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9._-]+)?\\])"
			+ ":(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])");

	@Property(tries = 5000)
	void aTextIsAUriExactlyIfTheGrammarSaysSo(@ForAll("texts") String text) {
		assertThat(MemberUri.tryParse(text) != null).isEqualTo(GRAMMAR.matcher(text).matches());
	}

	@Property(tries = 1000)
	void aUriHasTheHostAndThePortThatAreWritten(@ForAll("goodHosts") String host, @ForAll("goodPorts") int port) {
		MemberUri uri = MemberUri.parse(host + ":" + port);
		assertThat(uri).isEqualTo(MemberUri.of(host, port))
			.extracting(MemberUri::host, MemberUri::port)
			.containsExactly(host, port);
	}

	@Property(tries = 1000)
	void aUriIsWrittenAsItsText(@ForAll("goodHosts") String host, @ForAll("goodPorts") int port,
			@ForAll("goodHosts") String another) {
		MemberUri uri = MemberUri.of(host, port);
		byte[] target = new byte[MemberUri.MAX_LENGTH + 1];
		int end = uri.writeTo(target, 1);
		assertThat(new String(target, 1, end - 1, StandardCharsets.US_ASCII)).isEqualTo(uri.toString())
			.hasSize(uri.length());
		assertThat(uri.isWritten(target, 1, end)).isTrue();
		assertThat(MemberUri.tryParse(target, 1, end)).isEqualTo(uri).hasSameHashCodeAs(uri);
		MemberUri other = MemberUri.of(another, port);
		assertThat(other.isWritten(target, 1, end)).isEqualTo(another.equals(host)).isEqualTo(other.equals(uri));
	}

	@Provide
	Arbitrary<String> texts() {
		Arbitrary<String> likely = Combinators.combine(hosts(), Arbitraries.of(":", "", "::"), digits())
			.as((host, colon, port) -> host + colon + port);
		return Arbitraries.oneOf(likely, likely, Arbitraries.strings().ofMaxLength(12));
	}

	private static Arbitrary<String> hosts() {
		Arbitrary<String> names = Arbitraries.strings().withChars("aZf09_.-").ofMaxLength(6);
		Arbitrary<String> any = Arbitraries.strings().withChars("aZgf09_.-:[]% ä\n").ofMaxLength(6);
		return Arbitraries.oneOf(names, any, any.map((inside) -> "[" + inside + "]"), numbers());
	}

	/** Addresses of IPv4, and what looks like them. */
	private static Arbitrary<String> numbers() {
		return Arbitraries.of("0", "1", "9", "10", "00", "01", "99", "100", "255", "256", "999", "2147483648")
			.list()
			.ofMinSize(3)
			.ofMaxSize(5)
			.map((parts) -> String.join(".", parts));
	}

	private static Arbitrary<String> digits() {
		return Arbitraries.oneOf(Arbitraries.integers().between(-1, 70_000).map(String::valueOf),
				Arbitraries.strings().withChars("0123456789+٣ ").ofMaxLength(6));
	}

	@Provide
	Arbitrary<String> goodHosts() {
		return hosts().filter((host) -> GRAMMAR.matcher(host + ":1").matches());
	}

	@Provide
	Arbitrary<Integer> goodPorts() {
		return Arbitraries.integers().between(1, MemberUri.MAX_PORT);
	}

}

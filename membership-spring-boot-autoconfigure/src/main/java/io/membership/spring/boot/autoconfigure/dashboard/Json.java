package io.membership.spring.boot.autoconfigure.dashboard;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON in ASCII. A library would be one more dependency, and would write as the
 * application has configured it, which the page could not read.
 */
final class Json {

	private final StringBuilder text = new StringBuilder();

	Json object(Runnable fields) {
		return within('{', fields, '}');
	}

	Json array(String name, Runnable elements) {
		return name(name).within('[', elements, ']');
	}

	Json field(String name, @Nullable String value) {
		name(name);
		return value(value);
	}

	Json field(String name, @Nullable Number value) {
		name(name);
		this.text.append(value);
		return this;
	}

	Json object(String name, Runnable fields) {
		return name(name).within('{', fields, '}');
	}

	Json value(@Nullable String value) {
		separate();
		if (value == null) {
			this.text.append("null");
			return this;
		}
		this.text.append('"');
		value.chars().forEach(this::append);
		this.text.append('"');
		return this;
	}

	private void append(int c) {
		boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
		if (plain) {
			this.text.append((char) c);
		}
		else {
			this.text.append(String.format(Locale.ROOT, "\\u%04x", c));
		}
	}

	private Json name(String name) {
		value(name);
		this.text.append(':');
		return this;
	}

	private Json within(char begin, Runnable content, char end) {
		separate();
		this.text.append(begin);
		content.run();
		this.text.append(end);
		return this;
	}

	private void separate() {
		char last = this.text.isEmpty() ? '{' : this.text.charAt(this.text.length() - 1);
		if (last != '{' && last != '[' && last != ':') {
			this.text.append(',');
		}
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}

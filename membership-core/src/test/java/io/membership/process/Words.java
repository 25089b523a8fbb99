package io.membership.process;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings that are given as words, {@code name=value}, each of which has a default.
 */
public final class Words {

	private final Map<String, String> values;

	/** Creates settings that are all as by default. */
	public Words(Map<String, String> defaults) {
		this.values = new HashMap<>(defaults);
	}

	/**
	 * Takes in words; what is no setting at all is left to others.
	 * @throws IllegalArgumentException if there is no such setting
	 */
	public Words read(String... words) {
		Arrays.stream(words).filter((word) -> word.contains("=")).forEach((word) -> {
			String[] parts = word.split("=", 2);
			if (this.values.replace(parts[0], parts[1]) == null) {
				throw new IllegalArgumentException("'" + parts[0] + "' is none of " + this.values.keySet());
			}
		});
		return this;
	}

	/** Returns the value of a setting. */
	public String text(String name) {
		return this.values.getOrDefault(name, "");
	}

	/** Returns the value of a setting that is a number. */
	public int number(String name) {
		return Integer.parseInt(text(name));
	}

	/** Whether a setting is {@code on}. */
	public boolean isOn(String name) {
		return text(name).equals("on");
	}

	/** Returns the values of a setting with several, separated by commas. */
	public List<String> list(String name) {
		return text(name).isEmpty() ? List.of() : Arrays.asList(text(name).split(",", -1));
	}

	@Override
	public String toString() {
		return this.values.toString();
	}

}

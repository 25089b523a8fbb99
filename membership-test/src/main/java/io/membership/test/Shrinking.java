package io.membership.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a scenario that goes wrong shorter, as long as it still goes wrong: first without
 * large parts of its steps, then without single ones (Zeller's delta debugging).
 */
final class Shrinking {

	private Shrinking() {
	}

	/**
	 * Returns the shortest scenario that was found.
	 * @param scenario a scenario that goes wrong
	 * @param goesWrong tells of others whether they do
	 */
	static Scenario shrink(Scenario scenario, Predicate<Scenario> goesWrong) {
		List<Step> steps = new ArrayList<>(scenario.steps());
		for (int part = Math.max(1, steps.size() / 2); part >= 1; part /= 2) {
			int from = 0;
			while (from < steps.size()) {
				List<Step> fewer = new ArrayList<>(steps);
				fewer.subList(from, Math.min(from + part, steps.size())).clear();
				if (goesWrong.test(scenario.with(fewer))) {
					steps = fewer;
				}
				else {
					from += part;
				}
			}
		}
		return scenario.with(steps);
	}

}

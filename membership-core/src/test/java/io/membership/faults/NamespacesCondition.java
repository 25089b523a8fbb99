package io.membership.faults;

import java.io.IOException;
import java.util.Locale;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tells whether, and why not, this process may create network namespaces.
 */
final class NamespacesCondition implements ExecutionCondition {

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
			return ConditionEvaluationResult.disabled("Network namespaces exist on Linux only");
		}
		try (Network network = new Network()) {
			network.host("probe");
			return ConditionEvaluationResult.enabled("Network namespaces can be created");
		}
		catch (IOException ex) {
			return ConditionEvaluationResult
				.disabled("Network namespaces cannot be created, which takes root and iproute2: " + ex.getMessage());
		}
	}

}

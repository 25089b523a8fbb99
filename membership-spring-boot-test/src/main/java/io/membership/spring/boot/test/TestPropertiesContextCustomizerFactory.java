package io.membership.spring.boot.test;

import java.util.List;
import java.util.Map;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Lets the nodes of all tests bind any free port, so that cached contexts do not fight
 * for one, and greet neither networks nor seeds. Keeps what is configured for a real
 * network from a mesh in memory.
 */
final class TestPropertiesContextCustomizerFactory implements ContextCustomizerFactory {

	/**
	 * Nobody can be greeted on any free port, and the mesh of the seeds is not for tests.
	 */
	private static final Map<String, Object> EVERYWHERE = Map.of("membership.port", "0", "membership.seeds", "",
			"membership.broadcast.enabled", "false");

	private static final Map<String, Object> IN_MEMORY = Map.of("membership.port", "0", "membership.address", "",
			"membership.advertise.host", "", "membership.advertise.interface", "", "membership.advertise.network", "",
			"membership.advertise.port", "", "membership.broadcast.enabled", "false", "membership.allowed-networks", "",
			"membership.snapshot-file", "");

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		boolean isInMemory = TestContextAnnotationUtils.hasAnnotation(testClass, AutoConfigureTestMembership.class);
		return new TestPropertiesContextCustomizer(isInMemory ? IN_MEMORY : EVERYWHERE);
	}

}

package io.membership.spring.boot.autoconfigure.dashboard;

import java.util.ArrayList;
import java.util.List;

import io.membership.Membership;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A servlet application with the live page of a mesh that a test makes up.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class DashboardApplication {

	static ConfigurableApplicationContext start(MadeUpMesh mesh, String... properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "membership.dashboard.enabled=true"));
		all.addAll(List.of(properties));
		return new SpringApplicationBuilder(DashboardApplication.class).web(WebApplicationType.SERVLET)
			.properties(all.toArray(String[]::new))
			.initializers((context) -> ((GenericApplicationContext) context).registerBean("membership",
					Membership.class, mesh::membership))
			.run();
	}

	static String url(ConfigurableApplicationContext application) {
		return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
	}

}

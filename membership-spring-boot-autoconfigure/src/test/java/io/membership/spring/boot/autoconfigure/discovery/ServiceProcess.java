package io.membership.spring.boot.autoconfigure.discovery;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

import io.membership.MemberUri;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * One instance of a service, to be killed.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
final class ServiceProcess {

	@GetMapping("/")
	String hello() {
		return "Hello";
	}

	/**
	 * Runs the instance.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(ServiceProcess.class, arguments);
	}

	/** Starts a process in the mesh of a member. */
	static Process start(MemberUri seed) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), ServiceProcess.class.getName(),
				"--spring.application.name=orders", "--server.port=0", "--membership.address=127.0.0.1",
				"--membership.port=0", "--membership.seeds=" + seed, "--membership.discovery.metadata.pid=${PID}",
				"--spring.main.banner-mode=off", "--logging.level.root=warn")
			.redirectErrorStream(true)
			.redirectOutput(Redirect.INHERIT)
			.start();
	}

}

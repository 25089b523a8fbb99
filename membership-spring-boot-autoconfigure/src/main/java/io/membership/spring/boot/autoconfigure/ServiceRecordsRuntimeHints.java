package io.membership.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * Tells native images of the class by which JNDI looks up seeds that are services.
 */
final class ServiceRecordsRuntimeHints implements RuntimeHintsRegistrar {

	static final String FACTORY = "com.sun.jndi.dns.DnsContextFactory";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection().registerType(TypeReference.of(FACTORY), MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
	}

}

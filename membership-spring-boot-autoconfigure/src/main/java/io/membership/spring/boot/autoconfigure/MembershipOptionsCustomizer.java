package io.membership.spring.boot.autoconfigure;

import io.membership.MembershipOptions;

/**
 * Callback interface that can be implemented by beans wishing to customize the options of
 * the protocol, on top of what the properties say.
 */
@FunctionalInterface
public interface MembershipOptionsCustomizer {

	/**
	 * Customizes the options.
	 * @param options the builder to customize
	 */
	void customize(MembershipOptions.Builder options);

}

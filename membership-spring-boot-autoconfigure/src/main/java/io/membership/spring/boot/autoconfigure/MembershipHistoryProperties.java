package io.membership.spring.boot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for the history of changes.
 */
@ConfigurationProperties("membership.history")
public class MembershipHistoryProperties {

	/**
	 * Number of changes of the status of members that are remembered.
	 */
	private int size = 256;

	public int getSize() {
		return this.size;
	}

	public void setSize(int size) {
		this.size = size;
	}

}

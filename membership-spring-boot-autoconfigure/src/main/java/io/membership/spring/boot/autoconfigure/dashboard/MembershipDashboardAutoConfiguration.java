package io.membership.spring.boot.autoconfigure.dashboard;

import io.membership.Membership;
import io.membership.spring.boot.autoconfigure.MembershipHistoryAutoConfiguration;
import io.membership.spring.boot.history.MembershipHistory;
import jakarta.servlet.WriteListener;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the live page in servlet
 * applications.
 */
@AutoConfiguration(after = MembershipHistoryAutoConfiguration.class)
@ConditionalOnBooleanProperty("membership.dashboard.enabled")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ WriteListener.class, HttpRequestHandler.class, SimpleUrlHandlerMapping.class })
@ConditionalOnBean({ Membership.class, MembershipHistory.class })
@EnableConfigurationProperties(MembershipDashboardProperties.class)
@ImportRuntimeHints(DashboardAsset.Hints.class)
public final class MembershipDashboardAutoConfiguration {

	/** Before the handlers of static resources, which take every path. */
	private static final int ORDER = 1;

	private static final int MAX_FRAMES = 256;

	private static final int MAX_BYTES = 2 * 1024 * 1024;

	@Bean
	DashboardFeed membershipDashboardFeed(Membership membership, MembershipHistory history,
			MembershipDashboardProperties properties) {
		return new DashboardFeed(membership, history, properties, new FrameLog(MAX_FRAMES, MAX_BYTES));
	}

	@Bean
	SimpleUrlHandlerMapping membershipDashboardMapping(DashboardFeed feed) {
		return new SimpleUrlHandlerMapping(new ServletDashboard(feed).handlers(), ORDER);
	}

}

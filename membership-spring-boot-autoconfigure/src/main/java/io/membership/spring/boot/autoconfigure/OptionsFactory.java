package io.membership.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import io.membership.InvalidOptionException;
import io.membership.MembershipOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.convert.DurationStyle;

/**
 * Makes options of properties and customizers, and says which property is to blame when
 * that fails.
 */
final class OptionsFactory {

	private final ObjectProvider<MembershipOptionsCustomizer> customizers;

	OptionsFactory(ObjectProvider<MembershipOptionsCustomizer> customizers) {
		this.customizers = customizers;
	}

	MembershipOptions create(MembershipProtocolProperties properties) {
		MembershipOptions.Builder options = properties.getPreset().options().toBuilder();
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::getProtocolPeriod).to(options::protocolPeriod);
		map.from(properties::getAckTimeout).to(options::ackTimeout);
		map.from(properties::getAntiEntropyPeriod).to(options::antiEntropyPeriod);
		map.from(properties::getSuspectTimeout).to(options::suspectTimeout);
		map.from(properties::getSuspicionEnabled).to(options::suspicionEnabled);
		map.from(properties::getIndirectProbes).to(options::indirectProbes);
		map.from(properties::getMaxPacketSize)
			.as((size) -> (int) Math.min(size.toBytes(), Integer.MAX_VALUE))
			.to(options::maxPacketSize);
		map.from(properties::getSuspicionScaling).to(options::suspicionScaling);
		map.from(properties::getRefusedTimeout).to(options::refusedTimeout);
		map.from(properties::getGossipPeriod).to(options::gossipPeriod);
		map.from(properties::getForgetAfter).to(options::forgetAfter);
		map.from(properties::getMaxMembers).to(options::maxMembers);
		map.from(properties::getMaxDatagramsPerSource).to(options::maxDatagramsPerSource);
		options.extensions(properties.getExtensions().toExtensions());
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(options));
		try {
			return options.build();
		}
		catch (InvalidOptionException ex) {
			throw invalidOption(ex);
		}
	}

	private static InvalidMembershipPropertyException invalidOption(InvalidOptionException ex) {
		String property = MembershipProperties.PREFIX + "." + kebabCase(ex.option());
		return new InvalidMembershipPropertyException(property, text(ex.value()), ex.reason(),
				"Change '" + property + "', or the bean of type MembershipOptionsCustomizer that sets this option.",
				ex);
	}

	private static String kebabCase(String option) {
		return option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	private static String text(@Nullable Object value) {
		return (value instanceof Duration duration) ? DurationStyle.SIMPLE.print(duration) : String.valueOf(value);
	}

}

package io.membership.sample;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the demonstration.
 *
 * @param members how many further members run in this process, 0 for an ordinary node
 */
@ConfigurationProperties("demo")
record DemoProperties(@DefaultValue("4") int members) {

}

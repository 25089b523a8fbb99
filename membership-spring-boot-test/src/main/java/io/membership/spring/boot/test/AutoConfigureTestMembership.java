package io.membership.spring.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Puts the application context of a test class on a mesh in memory: its
 * {@link io.membership.Membership} is the real engine, but on a network without sockets
 * and in virtual time. A bean of type {@link TestMesh} adds other members and lets things
 * happen to them. After each test method they are gone.
 * <p>
 * The application is the member {@code app:3301}, whatever address, port, allowed
 * networks, broadcast or snapshot file are configured for production. What the test class
 * itself says in {@code @SpringBootTest(properties = …)} or {@code @TestPropertySource}
 * counts.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureTestMembership {

}

package io.membership;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The arrows between the packages of the engine.
 */
@AnalyzeClasses(packages = "io.membership", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final int MAX_LINES = 400;

	private static final String API = "io.membership";

	private static final String SWIM = "io.membership.swim..";

	private static final String WIRE = "io.membership.wire..";

	private static final String NET = "io.membership.net..";

	private static final String[] WIRING = { "MembershipNode", "MembershipFacade", "MembershipBuilder", "MemberView",
			"SightingTable", "NextRun", "Outbox", "LostDatagrams" };

	@ArchTest
	static final ArchRule coreKnowsNoSpring = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "io.membership.spring..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule swimKnowsNoSockets = noClasses().that()
		.resideInAPackage(SWIM)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.net..", "java.nio.channels..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule swimKnowsNoThreads = noClasses().that()
		.resideInAPackage(SWIM)
		.should()
		.dependOnClassesThat(threadsAndLocks())
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule swimKnowsNeitherWireNorNet = noClasses().that()
		.resideInAPackage(SWIM)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(WIRE, NET)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule wireDoesNotKnowNet = noClasses().that()
		.resideInAPackage(WIRE)
		.should()
		.dependOnClassesThat()
		.resideInAPackage(NET)
		.allowEmptyShould(true);

	/** From JDK 24 on the library's buffers print warnings, and later fail (JEP 471). */
	@ArchTest
	static final ArchRule nothingReadsOrWritesThroughUnsafe = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.msgpack.core.buffer..")
		.orShould()
		.dependOnClassesThat()
		.haveNameMatching("org\\.msgpack\\.core\\.Message(Buffer)?(Packer|Unpacker)")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule netDoesNotKnowWire = noClasses().that()
		.resideInAPackage(NET)
		.should()
		.dependOnClassesThat()
		.resideInAPackage(WIRE)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule onlyTheNodeKnowsTheWire = noClasses()
		.that(resideInAPackage(API).and(notPartOf("MembershipNode")))
		.should()
		.dependOnClassesThat(resideInAPackage(WIRE))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule onlyTheWiringKnowsTheNetwork = noClasses().that(resideInAPackage(API).and(notPartOf(WIRING)))
		.should()
		.dependOnClassesThat(resideInAPackage(NET))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule theApiDoesNotShowTheProtocol = noClasses().that(resideInAPackage(API).and(notPartOf(WIRING)))
		.should()
		.dependOnClassesThat(resideInAPackage(SWIM))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule internalPackagesHaveNoCycles = slices().matching("io.membership.(*)..")
		.should()
		.beFreeOfCycles()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = classes().should(resideInANullMarkedPackage())
		.allowEmptyShould(true);

	@Test
	void noSourceFileIsLongerThanAFewScreens() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
			assertThat(files.filter((file) -> file.toString().endsWith(".java"))).isNotEmpty()
				.allSatisfy((file) -> assertThat(Files.readAllLines(file)).as(file.toString())
					.hasSizeLessThanOrEqualTo(MAX_LINES));
		}
	}

	private static DescribedPredicate<JavaClass> threadsAndLocks() {
		String concurrent = "java\\.util\\.concurrent\\.";
		return JavaClass.Predicates.assignableTo(Thread.class)
			.or(new DescribedPredicate<>("executors, futures, threads and locks") {
				@Override
				public boolean test(JavaClass type) {
					return type.getName()
						.matches(concurrent + "(locks\\..*|ForkJoin.*|\\w*(Executor|Future|Thread|CompletionStage).*)");
				}
			});
	}

	/**
	 * Matches classes outside the named top-level classes: a class nested in one of them
	 * counts as part of it.
	 */
	private static DescribedPredicate<JavaClass> notPartOf(String... topLevelClasses) {
		return new DescribedPredicate<>("not part of " + String.join(", ", topLevelClasses)) {
			@Override
			public boolean test(JavaClass type) {
				String name = type.getName().substring(type.getPackageName().length() + 1);
				return Stream.of(topLevelClasses)
					.noneMatch((topLevel) -> name.equals(topLevel) || name.startsWith(topLevel + "$"));
			}
		};
	}

	private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
		return new ArchCondition<>("reside in a package annotated with @NullMarked") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				CanBeAnnotated javaPackage = type.getPackage();
				if (!javaPackage.isAnnotatedWith(NullMarked.class)) {
					events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " of " + type.getSimpleName()
							+ " has no package-info with @NullMarked"));
				}
			}
		};
	}

}

package io.membership.spring.boot.autoconfigure;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.membership.DropReason;
import io.membership.MemberStatus;
import io.membership.MembershipObserver;
import io.membership.MembershipObserver.MessageType;
import io.membership.MembershipObserver.ProbeOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link CompositeMembershipObserver}.
 */
class CompositeMembershipObserverTests {

	static Stream<Method> methods() {
		return Stream.of(MembershipObserver.class.getDeclaredMethods()).filter((method) -> !method.isSynthetic());
	}

	@ParameterizedTest
	@MethodSource("methods")
	void everyCallReachesEveryObserver(Method method) throws ReflectiveOperationException {
		MembershipObserver first = mock(MembershipObserver.class);
		MembershipObserver second = mock(MembershipObserver.class);
		Object[] arguments = Stream.of(method.getParameterTypes())
			.map(CompositeMembershipObserverTests::argument)
			.toArray();
		method.invoke(new CompositeMembershipObserver(List.of(first, second)), arguments);
		method.invoke(verify(first), arguments);
		method.invoke(verify(second), arguments);
	}

	private static Object argument(Class<?> type) {
		List<Object> samples = List.of(42, MessageType.PING, DropReason.LOOP, ProbeOutcome.DIRECT, MemberStatus.DEAD,
				Duration.ofMillis(1));
		return samples.stream()
			.filter((sample) -> type.isInstance(sample) || (type == int.class && sample instanceof Integer))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No sample of " + type));
	}

}

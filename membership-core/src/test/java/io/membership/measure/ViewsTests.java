package io.membership.measure;

import java.util.Map;

import io.membership.MemberUri;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ViewsTests {

	private static final MemberUri A = MemberUri.of("a", 1);

	private static final MemberUri B = MemberUri.of("b", 1);

	private static final String BOTH = "a:1,alive,7,{};b:1,alive,8,{}";

	@Test
	void equalViewsOfAllAliveAreAgreed() {
		assertThat(new Views(Map.of(A, BOTH, B, BOTH)).isAgreed(2)).isTrue();
	}

	@Test
	void oneMoreMemberThatNobodyAskedIsNoAgreement() {
		assertThat(new Views(Map.of(A, BOTH)).isAgreed(2)).isFalse();
		assertThat(new Views(Map.of(A, BOTH)).isAgreed(1)).isFalse();
	}

	@Test
	void otherIncarnationsAreNoAgreement() {
		Views views = new Views(Map.of(A, BOTH, B, "a:1,alive,6,{};b:1,alive,8,{}"));

		assertThat(views.isAgreed(2)).isFalse();
		assertThat(views).hasToString("2 members with 2 different views, of members that are not alive: 0");
		assertThat(views.details()).contains("[a:1] see " + BOTH).contains("[b:1] see a:1,alive,6");
	}

	@Test
	void whoIsRememberedAsDeadIsNoAgreement() {
		String three = BOTH + ";c:1,dead,9,{}";
		Views views = new Views(Map.of(A, three, B, three));

		assertThat(views.isAgreed(2)).isFalse();
		assertThat(views.isAgreed(3)).isFalse();
		assertThat(views).hasToString("2 members with 1 different views, of members that are not alive: 1");
	}

}

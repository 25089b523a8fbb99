package io.membership.swim;

import java.util.List;
import java.util.Set;

import io.membership.MembershipExtension;
import io.membership.MembershipOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.membership.swim.Samples.EVIDENCE;
import static io.membership.swim.Samples.alive;
import static io.membership.swim.Samples.uri;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether others see the mesh alike.
 */
class AgreementTests {

	private MembershipOptions options = MembershipOptions.REFERENCE.toBuilder()
		.extensions(Set.of(MembershipExtension.VIEW_DIGEST))
		.build();

	private final VirtualEnvironment environment = VirtualEnvironment.lonely();

	private final MemberTable table = new MemberTable(this.environment, uri(1));

	private final Agreement agreement = new Agreement(this.table,
			new Peers(this.environment, () -> this.options, this.table));

	@BeforeEach
	void appear() {
		this.table.adopt(alive(1), EVIDENCE);
		this.table.adopt(alive(2), EVIDENCE);
	}

	@Test
	void holdsOnlyOnceSomebodyAgreed() {
		assertThat(this.agreement.holds()).isFalse();
		this.agreement.heard(uri(2), this.table.digest());
		assertThat(this.agreement.holds()).isTrue();
	}

	@Test
	void endsWhenSomebodyElseSeesItOtherwise() {
		this.agreement.heard(uri(2), this.table.digest());
		this.agreement.heard(uri(3), this.table.digest() + 1);
		assertThat(this.agreement.holds()).isFalse();
	}

	@Test
	void endsWhenTheViewChanges() {
		this.agreement.heard(uri(2), this.table.digest());
		this.table.adopt(alive(3), EVIDENCE);
		assertThat(this.agreement.holds()).isFalse();
	}

	@Test
	void doesNotComeFromThisNodeItself() {
		this.agreement.heard(uri(1), this.table.digest());
		assertThat(this.agreement.holds()).isFalse();
	}

	@Test
	void isImpossibleForARestrictedView() {
		this.agreement.heard(uri(2), this.table.digest());
		this.table.allow(List.of(uri(1), uri(2)));
		assertThat(this.agreement.holds()).isFalse();
		assertThat(this.agreement.isPossible()).isFalse();
		assertThat(this.agreement.isMine(this.table.digest())).isFalse();
	}

	@Test
	void isImpossibleWithoutTheExtension() {
		this.agreement.heard(uri(2), this.table.digest());
		this.options = MembershipOptions.REFERENCE;
		assertThat(this.agreement.holds()).isFalse();
	}

}

package io.membership.spring.boot.test;

import java.util.function.Consumer;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Lets each test method begin with a mesh of nobody but the application.
 */
final class TestMeshTestExecutionListener extends AbstractTestExecutionListener {

	/**
	 * Before dependency injection, so that it is the last one after a test method, when
	 * transactions are over.
	 */
	private static final int ORDER = 1900;

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void beforeTestMethod(TestContext testContext) {
		withMesh(testContext, TestMesh::begin);
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		withMesh(testContext, TestMesh::reset);
	}

	private static void withMesh(TestContext testContext, Consumer<TestMesh> action) {
		if (testContext.hasApplicationContext()) {
			testContext.getApplicationContext().getBeanProvider(TestMesh.class).ifAvailable(action);
		}
	}

}

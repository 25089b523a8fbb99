package io.membership.test.cost;

/**
 * Writes down what each {@link Life} costs, with the names of both in a line.
 */
final class CostProcess {

	private CostProcess() {
	}

	public static void main(String[] args) {
		for (Life life : Life.values()) {
			System.out.println(life + " " + life.cost());
		}
	}

}

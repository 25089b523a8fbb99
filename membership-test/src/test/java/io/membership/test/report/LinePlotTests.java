package io.membership.test.report;

import java.util.List;

import io.membership.test.report.LinePlot.Point;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Plots have sensible axes and show every point.
 */
class LinePlotTests {

	@Test
	void aLinearAxisBeginsAtZeroAndEndsAtATick() {
		Axis axis = Axis.linear(7.3);
		assertThat(axis.ticks()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
		assertThat(axis.position(4)).isEqualTo(0.5);
	}

	@Test
	void aLogarithmicAxisHasWholeDecades() {
		Axis axis = Axis.logarithmic(0.3, 2000);
		assertThat(List.of(axis.from(), axis.to())).containsExactly(0.1, 10_000.0);
		assertThat(axis.position(1)).isCloseTo(0.2, within(1e-9));
		assertThat(axis.position(0)).isZero();
		assertThat(axis.ticks()).hasSize(6);
	}

	@Test
	void fewDecadesHaveMoreTicks() {
		assertThat(Axis.logarithmic(1, 10).ticks()).containsExactly(1.0, 2.0, 5.0, 10.0);
	}

	@Test
	void ticksHaveNoNeedlessZeros() {
		assertThat(List.of(Axis.label(100), Axis.label(0.25), Axis.label(0), Axis.label(1e7))).containsExactly("100",
				"0.25", "0", "1e+07");
	}

	@Test
	void whatNeverHappenedIsLeftOut() {
		String svg = new LinePlot("T", "x", "y")
			.line("a < b", List.of(new Point(0, 1), new Point(1, Double.POSITIVE_INFINITY), new Point(2, 3)))
			.goal(2)
			.toSvg();
		assertThat(svg.split("<circle", -1)).hasSize(3);
		assertThat(svg).contains(">a &lt; b<").contains(">goal<").doesNotContain("Infinity").doesNotContain("NaN");
	}

	@Test
	void aPlotWithoutPointsIsEmpty() {
		assertThat(new LinePlot("T", "x", "y").logarithmicX().line("nothing", List.of()).toSvg()).contains("</svg>");
	}

}

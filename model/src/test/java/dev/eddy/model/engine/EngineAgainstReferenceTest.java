package dev.eddy.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both engines do what the equations say, for stacks of any sizes. */
class EngineAgainstReferenceTest {
  private static final int CASES = 40;

  /** A step's tolerance times the five steps that a key takes at most. */
  private static final float TOLERANCE = 2e-5f;

  /** Of sums twenty-five times as long, whose rounding grows with the root of their length. */
  private static final float WIDE_TOLERANCE = 5 * TOLERANCE;

  static Stream<Arguments> enginesAndCells() {
    return Stream.of(EngineKind.SIMD, EngineKind.PLAIN, EngineKind.ND4J)
        .flatMap(kind -> Arrays.stream(CellType.values()).map(cell -> Arguments.of(kind, cell)));
  }

  @ParameterizedTest
  @MethodSource("enginesAndCells")
  void outputs_and_states_are_the_references(EngineKind kind, CellType cell) {
    for (int seed = 0; seed < CASES; seed++) {
      NetworkCase networkCase = NetworkCase.any(cell, seed);
      try (StepEngine engine = StepEngines.create(kind, networkCase.weights)) {
        assertClose(networkCase, networkCase.together(engine), networkCase.reference(), TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SIMD", "PLAIN", "ND4J"})
  void layers_that_differ_are_the_references(EngineKind kind) {
    for (int seed = 0; seed < CASES; seed++) {
      NetworkCase networkCase = NetworkCase.mixed(seed);
      try (StepEngine engine = StepEngines.create(kind, networkCase.weights)) {
        assertClose(networkCase, networkCase.together(engine), networkCase.reference(), TOLERANCE);
      }
    }
  }

  /** Layers and heads of more than four vectors, and not a multiple of four. */
  @ParameterizedTest
  @MethodSource("enginesAndCells")
  void many_units_and_outputs_are_the_references(EngineKind kind, CellType cell) {
    NetworkCase networkCase = new NetworkCase(new NetworkShape(cell, 9, 80, 2, 70), 11, 3, 6);
    NetworkCase.Results expected = networkCase.reference();
    try (StepEngine engine = StepEngines.create(kind, networkCase.weights)) {
      assertClose(networkCase, networkCase.together(engine), expected, WIDE_TOLERANCE);
      assertClose(networkCase, networkCase.oneAtATime(engine), expected, WIDE_TOLERANCE);
    }
  }

  /** One row of more units than are stepped at a time. */
  @ParameterizedTest
  @MethodSource("enginesAndCells")
  void a_row_of_very_many_units_is_the_references(EngineKind kind, CellType cell) {
    NetworkCase networkCase = new NetworkCase(new NetworkShape(cell, 3, 1040, 1, 2), 1, 2, 7);
    NetworkCase.Results expected = networkCase.reference();
    try (StepEngine engine = StepEngines.create(kind, networkCase.weights)) {
      assertClose(networkCase, networkCase.together(engine), expected, WIDE_TOLERANCE);
      assertClose(networkCase, networkCase.oneAtATime(engine), expected, WIDE_TOLERANCE);
    }
  }

  private static void assertClose(
      NetworkCase networkCase,
      NetworkCase.Results found,
      NetworkCase.Results expected,
      float tolerance) {
    String about = networkCase.shape.toString();
    for (int key = 0; key < expected.states().length; key++) {
      assertClose(about, found.states()[key], expected.states()[key], tolerance);
      for (int step = 0; step < expected.outputs()[key].length; step++) {
        assertClose(about, found.outputs()[key][step], expected.outputs()[key][step], tolerance);
      }
    }
  }

  private static void assertClose(String about, float[] found, float[] expected, float tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).as(about).isCloseTo(expected[i], within(tolerance));
    }
  }
}

package dev.eddy.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell against numbers worked out apart from all code here. */
class GoldenVectorsTest {
  static List<GoldenVector> vectors() throws IOException {
    return GoldenVector.all();
  }

  static Stream<Arguments> vectorsAndEngines() throws IOException {
    return vectors().stream()
        .flatMap(
            golden ->
                Stream.of(EngineKind.SIMD, EngineKind.PLAIN, EngineKind.ND4J)
                    .map(engine -> Arguments.of(golden, engine)));
  }

  @ParameterizedTest
  @MethodSource("vectorsAndEngines")
  void engine_gives_the_golden_numbers(GoldenVector golden, EngineKind kind) {
    float[] hidden = GoldenVector.floats(golden.before());
    float[] outputs = new float[golden.outputs().length];
    try (StepEngine engine = StepEngines.create(kind, golden.weights())) {
      engine.forward(golden.sequence(), hidden, outputs);
    }
    assertThat(outputs).containsExactly(GoldenVector.floats(golden.outputs()), within(2e-6f));
    assertThat(hidden).containsExactly(GoldenVector.floats(golden.after()), within(2e-6f));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void reference_gives_the_golden_numbers(GoldenVector golden) {
    ReferenceNetwork reference = new ReferenceNetwork(golden.weights());
    int inputSize = golden.network().inputSize();
    int outputSize = golden.network().outputSize();
    double[] state = golden.before().clone();
    for (int step = 0; step < golden.steps(); step++) {
      double[] input = row(golden.inputs(), step, inputSize);
      assertThat(reference.step(state, input))
          .containsExactly(row(golden.outputs(), step, outputSize), within(1e-13));
    }
    assertThat(state).containsExactly(golden.after(), within(1e-13));
  }

  private static double[] row(double[] matrix, int row, int columns) {
    return Arrays.copyOfRange(matrix, row * columns, (row + 1) * columns);
  }
}

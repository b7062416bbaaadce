package dev.eddy.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.settings.UserMistake;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepEnginesTest {
  private static final Optional<String> FINE = Optional.empty();
  private static final Optional<String> NO_VECTORS = Optional.of("no vectors");
  private static final Optional<String> NO_LIBRARY = Optional.of("no library");

  private static final Optional<Workload> LARGE =
      Optional.of(new Workload(new NetworkShape(CellType.LSTM, 512, 512, 2, 9), 256));
  private static final Optional<Workload> SMALL =
      Optional.of(new Workload(new NetworkShape(CellType.SRU, 8, 64, 2, 9), 256));

  @Test
  void auto_is_simd_where_vectors_are_and_no_gpu() {
    assertThat(auto(LARGE, FINE, FINE, false)).isEqualTo(EngineKind.SIMD);
    assertThat(auto(LARGE, FINE, NO_LIBRARY, true)).isEqualTo(EngineKind.SIMD);
  }

  @Test
  void auto_is_nd4j_on_a_usable_gpu_for_a_large_model_only() {
    assertThat(auto(LARGE, FINE, FINE, true)).isEqualTo(EngineKind.ND4J);
    assertThat(auto(SMALL, FINE, FINE, true)).isEqualTo(EngineKind.SIMD);
    assertThat(auto(Optional.empty(), FINE, FINE, true)).isEqualTo(EngineKind.SIMD);
  }

  @Test
  void whether_a_gpu_gains_depends_on_layers_cell_and_rows() {
    assertThat(new Workload(new NetworkShape(CellType.LSTM, 128, 128, 1, 9), 256).gainsOnGpu())
        .isTrue();
    assertThat(new Workload(new NetworkShape(CellType.LSTM, 128, 128, 4, 9), 256).gainsOnGpu())
        .isTrue();
    assertThat(new Workload(new NetworkShape(CellType.SRU, 128, 128, 4, 9), 256).gainsOnGpu())
        .isFalse();
    assertThat(new Workload(new NetworkShape(CellType.LSTM, 512, 512, 4, 9), 1).gainsOnGpu())
        .isFalse();
  }

  @Test
  void simd_is_plain_where_vectors_are_not_and_says_what_is_missing() {
    Map<EngineKind, StepEngineProvider> without = providers(NO_VECTORS, FINE, false);
    for (EngineKind requested : new EngineKind[] {EngineKind.AUTO, EngineKind.SIMD}) {
      EngineKind resolved = resolve(requested, LARGE, without);
      assertThat(resolved).isEqualTo(EngineKind.SIMD);
      assertThat(StepEngines.here(resolved, without)).isEqualTo(EngineKind.PLAIN);
      assertThat(StepEngines.slowness(resolved, without).orElseThrow())
          .contains("plain", "slower", "no vectors");
    }
  }

  @Test
  void nothing_is_slow_that_is_as_it_was_asked_for() {
    Map<EngineKind, StepEngineProvider> with = providers(FINE, FINE, false);
    Map<EngineKind, StepEngineProvider> without = providers(NO_VECTORS, FINE, false);
    assertThat(StepEngines.here(EngineKind.SIMD, with)).isEqualTo(EngineKind.SIMD);
    assertThat(StepEngines.slowness(EngineKind.SIMD, with)).isEmpty();
    for (EngineKind kind : new EngineKind[] {EngineKind.PLAIN, EngineKind.ND4J}) {
      assertThat(StepEngines.here(kind, without)).isEqualTo(kind);
      assertThat(StepEngines.slowness(kind, without)).isEmpty();
    }
  }

  @Test
  void the_models_are_not_asked_for_where_there_is_no_gpu() {
    EngineKind kind =
        StepEngines.resolve(
            EngineKind.AUTO,
            () -> {
              throw new AssertionError("asked for the workload");
            },
            providers(FINE, FINE, false));
    assertThat(kind).isEqualTo(EngineKind.SIMD);
  }

  @Test
  void what_cannot_run_is_refused_with_its_reason() {
    assertThatExceptionOfType(UserMistake.class)
        .isThrownBy(() -> resolve(EngineKind.ND4J, LARGE, providers(FINE, NO_LIBRARY, false)))
        .withMessageContainingAll("nd4j", "no library");
    assertThatExceptionOfType(UserMistake.class)
        .isThrownBy(() -> resolve(EngineKind.ND4J, LARGE, Map.of()))
        .withMessageContainingAll("nd4j", "class path");
  }

  @Test
  void all_engines_are_found_on_this_class_path() {
    assertThat(StepEngines.here(StepEngines.resolve(EngineKind.SIMD))).isEqualTo(EngineKind.SIMD);
    assertThat(StepEngines.resolve(EngineKind.PLAIN)).isEqualTo(EngineKind.PLAIN);
    assertThat(StepEngines.resolve(EngineKind.ND4J)).isEqualTo(EngineKind.ND4J);
  }

  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void arrays_that_do_not_fit_are_refused_by_name(EngineKind kind) {
    NetworkShape shape = new NetworkShape(CellType.LSTM, 3, 4, 2, 2);
    PackedSequence sequence = new PackedSequence(3);
    sequence.reset(new int[] {2, 1}, 2);
    try (StepEngine engine = StepEngines.create(kind, NetworkWeights.initialise(shape, 1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> engine.forward(new PackedSequence(4), new float[99], new float[99]))
          .withMessage("sequence: 4 inputs (must be 3)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> engine.forward(sequence, new float[31], new float[6]))
          .withMessage("hidden: 31 numbers (must be 2 x 16 or more)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> engine.forward(sequence, new float[32], new float[5]))
          .withMessage("outputs: 5 numbers (must be 3 x 2 or more)");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void an_empty_sequence_changes_nothing(EngineKind kind) {
    NetworkShape shape = new NetworkShape(CellType.SRU, 3, 4, 2, 2);
    float[] hidden = {1, 2, 3};
    float[] outputs = {4};
    try (StepEngine engine = StepEngines.create(kind, NetworkWeights.initialise(shape, 1))) {
      engine.forward(new PackedSequence(3), hidden, outputs);
    }
    assertThat(hidden).containsExactly(1, 2, 3);
    assertThat(outputs).containsExactly(4);
  }

  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void a_key_with_nan_harms_neither_neighbours_nor_later_calls(EngineKind kind) {
    for (CellType cell : CellType.values()) {
      NetworkCase healthy = new NetworkCase(new NetworkShape(cell, 5, 5, 2, 3), 9, 3, 7);
      NetworkCase poisoned = new NetworkCase(new NetworkShape(cell, 5, 5, 2, 3), 9, 3, 7);
      poisoned.inputs[4][0][2] = Float.NaN;
      poisoned.inputs[5][0][1] = Float.POSITIVE_INFINITY;
      try (StepEngine engine = StepEngines.create(kind, healthy.weights)) {
        NetworkCase.Results expected = healthy.together(engine);
        NetworkCase.Results found = poisoned.together(engine);
        assertThat(found.outputs()[4][0]).contains(Float.NaN);
        for (int key : new int[] {0, 1, 2, 3, 6, 7, 8}) {
          assertThat(found.states()[key]).isEqualTo(expected.states()[key]);
          assertThat(found.outputs()[key]).isDeepEqualTo(expected.outputs()[key]);
        }
        assertThat(healthy.together(engine).states()).isDeepEqualTo(expected.states());
      }
    }
  }

  private static EngineKind auto(
      Optional<Workload> largest,
      Optional<String> simdObstacle,
      Optional<String> nd4jObstacle,
      boolean gpu) {
    return resolve(EngineKind.AUTO, largest, providers(simdObstacle, nd4jObstacle, gpu));
  }

  private static EngineKind resolve(
      EngineKind requested,
      Optional<Workload> largest,
      Map<EngineKind, StepEngineProvider> providers) {
    return StepEngines.resolve(requested, () -> largest, providers);
  }

  private static Map<EngineKind, StepEngineProvider> providers(
      Optional<String> simdObstacle, Optional<String> nd4jObstacle, boolean gpu) {
    return Map.of(
        EngineKind.SIMD, new Provider(EngineKind.SIMD, simdObstacle, false),
        EngineKind.PLAIN, new Provider(EngineKind.PLAIN, FINE, false),
        EngineKind.ND4J, new Provider(EngineKind.ND4J, nd4jObstacle, gpu));
  }

  private record Provider(EngineKind kind, Optional<String> obstacle, boolean usesGpu)
      implements StepEngineProvider {
    @Override
    public StepEngine create(NetworkWeights weights) {
      throw new UnsupportedOperationException("only asked what it could do");
    }
  }
}

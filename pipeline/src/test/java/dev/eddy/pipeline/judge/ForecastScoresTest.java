package dev.eddy.pipeline.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Observation;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.score.Gain;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;
import dev.eddy.pipeline.operator.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No key decides alone which of two versions is better. */
class ForecastScoresTest {
  private static final List<String> FEATURES = List.of("load", "wind");
  private static final ModelSpec SPEC = TestModels.spec(CellType.SRU, 1, 4, FEATURES);
  private static final int KEYS = 12;
  private static final int ROWS = 400;
  private static final int[] HORIZONS = {1, 3};
  private static final int QUANTILES = 3;

  private final Map<String, double[]> actuals = new TreeMap<>();
  private ForecastScores scores;

  @BeforeEach
  void keys() {
    Random random = new Random(5);
    for (int key = 0; key < KEYS; key++) {
      actuals.put("key " + key, walk(random, 10));
    }
    actuals.put("nearly 0", walk(random, 1e-9));
    TypicalChanges changes = new TypicalChanges(ForecastScores.targets(SPEC, FEATURES));
    actuals.forEach((key, values) -> changes.add(history(key, values)));
    scores =
        new ForecastScores(
            SPEC, OptionalInt.empty(), List.of(List.of(4)), FEATURES, changes.medians(), ROWS);
  }

  @Test
  void a_key_that_is_nearly_0_all_along_does_not_overrule_the_others() {
    actuals.forEach(
        (key, values) ->
            answer(key, key.startsWith("key") ? 8 : 0.5, key.startsWith("key") ? 10 : 0.1));
    Gain gain = scores.losses().gain(0, 1, "the champion", 1);
    assertThat(gain.share()).isPositive();
    assertThat(gain.probability()).isGreaterThan(0.9);
  }

  @Test
  void nor_does_one_on_which_a_version_errs_beyond_all_measure() {
    actuals.forEach(
        (key, values) ->
            answer(key, key.startsWith("key") ? 8 : 1e6, key.startsWith("key") ? 10 : 1));
    assertThat(scores.losses().gain(0, 1, "the champion", 1).share()).isPositive();
  }

  /** Both versions are off by so much, now above, now below. */
  private void answer(String key, double own, double other) {
    double[] values = actuals.get(key);
    for (int row = 0; row < ROWS; row++) {
      Observation observation =
          new Observation(
              key, 60_000L * row, new double[] {values[row], 0}, new String[0], null, 0, row);
      scores.add(
          new Contestant.Answer(observation, said(values, row, own)),
          new Contestant.Answer(observation, said(values, row, other)),
          true);
    }
    scores.end(key);
  }

  private static double[] said(double[] values, int row, double off) {
    double[] said = new double[HORIZONS.length * QUANTILES];
    for (int at = 0; at < said.length; at++) {
      int target = Math.min(ROWS - 1, row + HORIZONS[at / QUANTILES]);
      said[at] = values[target] + (row % 2 == 0 ? off : -off);
    }
    return said;
  }

  private static double[] walk(Random random, double step) {
    double[] values = new double[ROWS];
    for (int row = 1; row < ROWS; row++) {
      values[row] = values[row - 1] + step * random.nextGaussian();
    }
    return values;
  }

  private static KeyHistory history(String key, double[] values) {
    List<RawInput> inputs = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      inputs.add(new RawInput(60_000L * row, new double[] {values[row], 0}, new String[0], null));
    }
    return new KeyHistory(key, inputs, new String[ROWS], new long[ROWS], Map.of());
  }
}

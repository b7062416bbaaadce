package dev.eddy.model.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.encoding.BaselineForecasters;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.settings.Settings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TargetFitTest {
  private static final int SEASON = 12;
  private static final int LENGTH = 4_000;

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void a_noisy_season_gets_a_linear_baseline() {
    // the season's value last time is as noisy as the last value: weighing both does better
    Head.TargetHead head =
        head("auto", step -> 10 * Math.sin(2 * Math.PI * step / SEASON) + noise(3));

    assertThat(head.baselines().get(0)).isInstanceOf(Head.Linear.class);
  }

  @Test
  void a_random_walk_keeps_its_last_value() {
    double[] walk = {0};

    Head.TargetHead head = head("auto", step -> walk[0] += noise(1));

    assertThat(head.baselines().get(0)).isEqualTo(Head.Baseline.last());
  }

  @Test
  void a_short_random_walk_has_no_linear_baseline_though_its_rows_ahead_overlap() {
    for (int walkNumber = 0; walkNumber < 10; walkNumber++) {
      double[] walk = {0};

      Head.TargetHead head = head("auto", SEASON - 2, 400, step -> walk[0] += noise(1));

      assertThat(head.baselines().get(0)).isInstanceOf(Head.Mean.class);
    }
  }

  @Test
  void some_values_of_another_world_do_not_decide() {
    Head.TargetHead head =
        head(
            "auto",
            step ->
                step % 500 == 0 ? -9999 : 10 * Math.sin(2 * Math.PI * step / SEASON) + noise(3));

    assertThat(head.baselines().get(0)).isInstanceOf(Head.Linear.class);
  }

  @Test
  void a_baseline_of_a_season_that_the_target_does_not_have_is_refused() {
    assertThatThrownBy(() -> head("last+season:7", step -> step))
        .hasMessage(
            "model.baseline: last+season:7 (must be made of the last value and the seasons [12] of"
                + " y)");
  }

  @Test
  void the_baseline_asked_for_is_taken() {
    IntToDoubleFunction season = step -> 10 * Math.sin(2 * Math.PI * step / SEASON) + noise(3);
    double[] walk = {0};

    assertThat(head("last+season:12", season).baselines())
        .containsExactly(new Head.Mean(true, List.of(SEASON)));
    assertThat(head("linear", step -> walk[0] += noise(1)).baselines().get(0))
        .isInstanceOf(Head.Linear.class);
  }

  private double noise(double width) {
    return random.nextDouble(-width, width);
  }

  private static Head.TargetHead head(String baseline, IntToDoubleFunction series) {
    return head(baseline, 1, LENGTH, series);
  }

  private static Head.TargetHead head(
      String baseline, int horizon, int length, IntToDoubleFunction series) {
    InputEncoding.Target target = new InputEncoding.Target("y", List.of(SEASON));
    ModelSettings settings =
        Settings.of(
            ModelSettings.class,
            Map.of("layers", 1, "hidden", 8, "horizons", List.of(horizon), "baseline", baseline));
    TargetFit fit = new TargetFit(target, settings, 1, 1);
    BaselineForecasters terms = fit.forecasters(Optional.empty());
    Deque<double[]> waiting = new ArrayDeque<>();
    for (int step = 0; step < length; step++) {
      double actual = series.applyAsDouble(step);
      if (waiting.size() == horizon) {
        fit.add(waiting.remove(), 1, 0, actual);
      }
      terms.observe(step, actual);
      double[] said = new double[terms.most()];
      terms.forecast(0, said, 0);
      waiting.add(said);
    }
    return fit.head();
  }
}

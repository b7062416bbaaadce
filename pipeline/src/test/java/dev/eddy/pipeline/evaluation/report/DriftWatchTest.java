package dev.eddy.pipeline.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.pipeline.evaluation.EvaluationSettings;
import dev.eddy.pipeline.evaluation.window.ForecastFigure;
import dev.eddy.pipeline.evaluation.window.Scored;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a rising error counts as drift. */
class DriftWatchTest {
  private static final long HOUR = 3_600_000;
  private static final EvaluationSettings SETTINGS = EvaluationSettings.defaults();

  private final Random random = new Random(3);

  @Test
  void tells_a_rise_its_beginning_and_its_size() throws IOException {
    List<Drift> drifts = watch(new DriftWatch(SETTINGS), 1, 0, 300, 200, 1.5);

    assertThat(drifts).isNotEmpty();
    Drift drift = drifts.get(0);
    assertThat(drift.model()).isEqualTo("test@1");
    assertThat(drift.since()).isBetween(198 * HOUR, 202 * HOUR);
    assertThat(drift.time()).isBetween(201 * HOUR, 220 * HOUR);
    assertThat(drift.before()).isCloseTo(0.5, within(0.03));
    assertThat(drift.rise()).isCloseTo(0.5, within(0.1));
  }

  @Test
  void is_silent_about_chance_and_about_what_is_hard_for_all() throws IOException {
    assertThat(watch(new DriftWatch(SETTINGS), 1, 0, 5000, 9999, 1)).isEmpty();
  }

  @Test
  void is_silent_about_a_single_bad_window() throws IOException {
    DriftWatch watch = new DriftWatch(SETTINGS);
    watch(watch, 1, 0, 100, 999, 1);

    assertThat(watch(watch, 1, 100, 101, 0, 50)).isEmpty();
    assertThat(watch(watch, 1, 101, 300, 999, 1)).isEmpty();
  }

  @Test
  void begins_anew_with_another_version() throws IOException {
    DriftWatch watch = new DriftWatch(SETTINGS);
    watch(watch, 1, 0, 100, 999, 1);

    assertThat(watch(watch, 2, 100, 300, 0, 2)).isEmpty(); // always was twice as bad
    assertThat(watch.drifted()).isFalse();
  }

  @Test
  void is_silent_about_a_farther_horizon_that_comes_due_and_is_harder() throws IOException {
    DriftWatch watch = new DriftWatch(SETTINGS);
    PredictionShape shape =
        new PredictionShape.Forecast("test@1", List.of("load"), List.of(1, 24), List.of(.5), 0);
    for (int hour = 0; hour < 400; hour++) {
      WindowSums sums = new WindowSums(hour * HOUR, new Scored(shape, false));
      sums.answered(hour * HOUR);
      add(sums, 0, 0.25);
      if (hour >= 24) {
        add(sums, 1, 0.4);
      }

      assertThat(watch.add(List.of(sums))).isEmpty();
    }
  }

  private void add(WindowSums sums, int column, double share) {
    sums.add(column, ForecastFigure.COUNT, 10);
    sums.add(column, ForecastFigure.PINBALL, 10 * share * Math.exp(0.1 * random.nextGaussian()));
    sums.add(column, ForecastFigure.PERSISTENCE_ABSOLUTE, 10);
  }

  @Test
  void goes_on_after_a_restore_as_if_there_had_been_none() throws IOException {
    List<Drift> without = watch(new DriftWatch(SETTINGS), 1, 0, 300, 200, 1.5);
    random.setSeed(3);
    DriftWatch before = new DriftWatch(SETTINGS);
    List<Drift> with = new ArrayList<>(watch(before, 1, 0, 203, 200, 1.5));
    DriftWatch after = new DriftWatch(SETTINGS);
    after.read(before.write());
    with.addAll(watch(after, 1, 203, 300, 200, 1.5));

    assertThat(with).isEqualTo(without);
    assertThat(after.drifted()).isTrue();
  }

  @Test
  void windows_of_before_a_restore_that_are_opened_again_leave_a_drift_as_it_is()
      throws IOException {
    DriftWatch before = new DriftWatch(SETTINGS);
    watch(before, 1, 0, 100, 999, 1);
    watch(before, 2, 100, 300, 200, 3);
    assertThat(before.drifted()).isTrue();
    DriftWatch after = new DriftWatch(SETTINGS);
    after.read(before.write());

    after.add(List.of(sums(1, 50, 1, 1))); // of a key that is behind
    after.add(List.of(sums(2, 299, 100, 1)));

    assertThat(after.drifted()).isTrue();
    assertThat(after.statistic()).isEqualTo(before.statistic());
    assertThat(after.write()).isEqualTo(before.write());
  }

  /** Windows in which persistence errs by very different amounts, a version by half as much. */
  private List<Drift> watch(
      DriftWatch watch, int version, int from, int to, int change, double factor) {
    List<Drift> drifts = new ArrayList<>();
    for (int hour = from; hour < to; hour++) {
      double naive = Math.exp(random.nextGaussian());
      double noise = Math.exp(0.1 * random.nextGaussian());
      double own = 0.5 * naive * noise * (hour >= change ? factor : 1);
      watch.add(List.of(sums(version, hour, own, naive))).ifPresent(drifts::add);
    }
    return drifts;
  }

  private static WindowSums sums(int version, int hour, double own, double naive) {
    PredictionShape shape =
        new PredictionShape.Forecast(
            "test@" + version, List.of("load"), List.of(1), List.of(.5), 0);
    WindowSums sums = new WindowSums(hour * HOUR, new Scored(shape, false));
    sums.answered(hour * HOUR);
    sums.add(0, ForecastFigure.COUNT, 10);
    sums.add(0, ForecastFigure.PINBALL, 10 * own);
    sums.add(0, ForecastFigure.PERSISTENCE_ABSOLUTE, 10 * naive);
    return sums;
  }
}

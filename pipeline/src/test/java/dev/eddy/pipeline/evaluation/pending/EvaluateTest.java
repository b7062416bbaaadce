package dev.eddy.pipeline.evaluation.pending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastCriteria;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.score.ForecastTally;
import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.evaluation.DriftSettings;
import dev.eddy.pipeline.evaluation.EvaluationSettings;
import dev.eddy.pipeline.evaluation.window.ClassFigure;
import dev.eddy.pipeline.evaluation.window.ForecastFigure;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores in the stream. */
class EvaluateTest {
  private static final List<String> TARGETS = List.of("load", "wind");
  private static final List<Integer> HORIZONS = List.of(1, 3, 6);
  private static final List<Double> QUANTILES = List.of(0.1, 0.5, 0.9);
  private static final long HOUR = 3_600_000;
  private static final long NEVER = Long.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void says_what_a_backtest_says_of_the_same_predictions(boolean rocks) throws Exception {
    for (Optional<Duration> interval : List.of(Optional.of(Duration.ofHours(1)), none())) {
      List<Answered> history = history(1, 4, 300, shape(1, interval));
      List<ForecastScore> offline = backtest(history, interval);
      try (EvaluateHarness harness = EvaluateHarness.started(settings(), rocks)) {
        for (Answered each : history) {
          harness.take(each);
        }
        harness.processWatermark(Long.MAX_VALUE);

        assertEqual(total(harness.sums()), offline);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goes_on_after_a_restore_in_the_middle_of_a_window_with_more_subtasks(boolean rocks)
      throws Exception {
    Optional<Duration> hourly = Optional.of(Duration.ofHours(1));
    List<Answered> history = history(2, 8, 120, shape(1, hourly));
    List<ForecastScore> offline = backtest(history, hourly);
    List<WindowSums> sums = new ArrayList<>();
    OperatorSubtaskState state;
    int middle = history.size() / 2;
    try (EvaluateHarness harness = EvaluateHarness.started(settings(), rocks)) {
      for (Answered each : history.subList(0, middle)) {
        harness.take(each);
      }
      harness.processWatermark(history.get(middle - 1).time() - 10 * HOUR);
      state = harness.checkpoint();
      sums.addAll(harness.sums());
    }
    for (int subtask = 0; subtask < 2; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, EvaluateHarness.MAX_PARALLELISM, 1, 2, subtask);
      try (EvaluateHarness harness = EvaluateHarness.started(settings(), rocks, 2, subtask, part)) {
        for (Answered each : history.subList(middle, history.size())) {
          if (subtaskOf(each.key()) == subtask) {
            harness.take(each);
          }
        }
        harness.processWatermark(Long.MAX_VALUE);
        sums.addAll(harness.sums());
      }
    }

    assertEqual(total(sums), offline);
  }

  @Test
  void sums_by_window_and_counts_what_is_late() throws Exception {
    try (EvaluateHarness harness = EvaluateHarness.started(settings(), false)) {
      for (int hour = 0; hour < 30; hour++) {
        harness.take(answered("a", hour, hour, shape(1)));
        harness.take(answered("b", hour % 20, hour, shape(1)));
        harness.processWatermark(hour * HOUR);
      }
      harness.processWatermark(Long.MAX_VALUE);

      List<WindowSums> sums = harness.sums();
      assertThat(sums).extracting(WindowSums::window).containsExactly(0L, 24 * HOUR);
      // The first is open for an hour longer, in which b, whose clock was set back, is in time.
      assertThat(sums.get(0).answers()).isEqualTo(24 + 20 + 6);
      assertThat(sums.get(0).late()).isZero();
      assertThat(sums.get(1).late()).isPositive();
    }
  }

  @Test
  void sends_what_is_open_before_it_falls_silent() throws Exception {
    try (EvaluateHarness harness = EvaluateHarness.started(settings(), false)) {
      harness.take(answered("a", 0, 1, shape(1)));
      harness.processWatermarkStatus(WatermarkStatus.IDLE);

      assertThat(harness.sums()).extracting(WindowSums::answers).containsExactly(1L);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(harness.sums()).hasSize(1);
    }
  }

  @Test
  void scores_forecasts_of_a_version_that_serves_no_more_and_marks_the_first_after_a_swap()
      throws Exception {
    try (EvaluateHarness harness = EvaluateHarness.started(settings(), false)) {
      for (int hour = 0; hour < 300; hour++) {
        harness.take(answered("a", hour, hour, shape(hour < 20 ? 1 : 2)));
      }
      harness.processWatermark(Long.MAX_VALUE);

      WindowSums before = total(of(harness.sums(), 1));
      WindowSums after = total(of(harness.sums(), 2));
      assertThat(before.answers()).isEqualTo(20);
      assertThat(before.get(2, ForecastFigure.COUNT)).isEqualTo(20);
      assertThat(before.get(0, ForecastFigure.EARLY_COUNT)).isZero();
      assertThat(after.get(0, ForecastFigure.COUNT)).isEqualTo(279);
      assertThat(after.get(0, ForecastFigure.EARLY_COUNT)).isEqualTo(200);
    }
  }

  @Test
  void scores_a_shadow_by_itself() throws Exception {
    try (EvaluateHarness harness = EvaluateHarness.started(settings(), false)) {
      for (int hour = 0; hour < 10; hour++) {
        Answered served = answered("a", hour, hour, shape(1));
        Answered shadow = answered("a", hour, hour, shape(2));
        List<Answer> both =
            List.of(
                served.answers().get(0), new Answer(shadow.answers().get(0).prediction(), true));
        harness.take(new Answered("a", hour * HOUR, served.actuals(), null, both));
      }
      harness.processWatermark(Long.MAX_VALUE);

      assertThat(harness.sums())
          .extracting(sums -> sums.of().shadow())
          .containsExactly(false, true);
      assertThat(harness.sums()).extracting(WindowSums::count).containsOnly(2L * (9 + 7 + 4));
    }
  }

  @Test
  void keeps_no_more_forecasts_than_the_farthest_horizon_has_periods() throws Exception {
    try (EvaluateHarness harness = EvaluateHarness.started(settings(), false)) {
      for (int minute = 0; minute < 600; minute++) {
        Prediction said = prediction("a", minute * 60_000L, shape(1), 1);
        List<Answer> answers = List.of(new Answer(said, false));
        harness.take(new Answered("a", minute * 60_000L, new double[] {1, 2}, null, answers));
      }
      harness.processWatermark(Long.MAX_VALUE);

      // One an hour is followed, from 30 minutes after the one before on: each meets its actual.
      assertThat(total(harness.sums()).get(0, ForecastFigure.COUNT)).isBetween(9.0, 20.0);
    }
  }

  @Test
  void scores_classes_when_their_record_brings_the_label() throws Exception {
    PredictionShape classes = new PredictionShape.Classes("test@1", List.of("calm", "storm"));
    EvaluateSettings settings = new EvaluateSettings(settings().windows(), List.of(), NEVER);
    try (EvaluateHarness harness = EvaluateHarness.started(settings, true)) {
      List<String> labels = List.of("calm", "", "calm", "storm", "fog");
      for (int hour = 0; hour < labels.size(); hour++) {
        Prediction said = new Prediction("a", hour, 0, 0, classes, new double[] {.75, .25});
        String label = labels.get(hour).isEmpty() ? null : labels.get(hour);
        List<Answer> answers = List.of(new Answer(said, false));
        harness.take(new Answered("a", hour, new double[0], label, answers));
      }
      harness.processWatermark(Long.MAX_VALUE);

      WindowSums sums = harness.sums().get(0);
      assertThat(sums.answers()).isEqualTo(5);
      assertThat(sums.get(ClassFigure.COUNT)).isEqualTo(4);
      assertThat(sums.get(ClassFigure.RIGHT)).isEqualTo(2);
      assertThat(sums.get(ClassFigure.PREVIOUS_RIGHT)).isEqualTo(1);
      assertThat(sums.get(ClassFigure.LOG_LOSS))
          .isCloseTo(-Math.log(.75 * .75 * .25 * 1e-7), within(1e-9));
      assertThat(sums.get(2, ClassFigure.OCCURRED)).isEqualTo(1);
      assertThat(sums.get(0, ClassFigure.ANSWERED)).isEqualTo(4);
    }
  }

  @Test
  void forgets_keys_that_are_silent() throws Exception {
    try (EvaluateHarness harness = EvaluateHarness.started(settings(5 * HOUR), true)) {
      for (int key = 0; key < 50; key++) {
        harness.take(answered("once " + key, 0, 1, shape(1)));
      }
      harness.take(answered("a", 30, 1, shape(1)));
      harness.processWatermark(30 * HOUR);

      assertThat(harness.keptKeys()).isEqualTo(1);
    }
  }

  private static List<WindowSums> of(List<WindowSums> sums, int version) {
    return sums.stream()
        .filter(each -> each.of().shape().model().equals("test@" + version))
        .toList();
  }

  private static WindowSums total(List<WindowSums> sums) {
    WindowSums total = new WindowSums(0, sums.get(0).of());
    sums.forEach(total::add);
    return total;
  }

  private static void assertEqual(WindowSums online, List<ForecastScore> offline) {
    assertThat(offline).hasSize(TARGETS.size() * HORIZONS.size());
    for (int column = 0; column < offline.size(); column++) {
      ForecastScore score = offline.get(column);
      double count = online.get(column, ForecastFigure.COUNT);
      assertThat((long) count).as(score.toString()).isEqualTo(score.count()).isPositive();
      assertClose(online.get(column, ForecastFigure.ABSOLUTE) / count, score.mae());
      assertClose(Math.sqrt(online.get(column, ForecastFigure.SQUARED) / count), score.rmse());
      assertClose(online.get(column, ForecastFigure.PINBALL) / count, score.pinball());
      assertClose(online.get(column, ForecastFigure.COVERED) / count, score.coverage());
      assertClose(
          online.get(column, ForecastFigure.PERSISTENCE_ABSOLUTE) / count,
          score.naive().get(0).mae());
    }
  }

  private static void assertClose(double online, double offline) {
    assertThat(online).isCloseTo(offline, within(1e-9 * offline));
  }

  private static List<ForecastScore> backtest(List<Answered> history, Optional<Duration> interval) {
    List<Baseline> last = Collections.nCopies(HORIZONS.size(), Baseline.last());
    ForecastTally tally =
        new ForecastTally(
            new ForecastCriteria(
                HORIZONS,
                QUANTILES,
                interval,
                TARGETS.stream()
                    .map(each -> ForecastCriteria.Target.of(each, 1, List.of(), last))
                    .toList()));
    for (Answered each : history) {
      tally.observe(each.key(), each.time(), each.actuals(), true);
      each.answers().forEach(answer -> tally.forecast(each.key(), answer.prediction().values()));
    }
    return Evaluation.of(tally).forecasts().stream().filter(ForecastScore::isPooled).toList();
  }

  /** Of several keys, with gaps, jitter, unobserved targets and predictions that failed. */
  private static List<Answered> history(long seed, int keys, int length, PredictionShape shape) {
    Random random = new Random(seed);
    List<Answered> history = new ArrayList<>();
    for (int hour = 0; hour < length; hour++) {
      for (int key = 0; key < keys; key++) {
        if (random.nextInt(10) > 0) {
          long time = hour * HOUR + random.nextInt(600_000);
          double[] actuals = {10 + random.nextGaussian(), 5 + random.nextGaussian()};
          int missing = random.nextInt(8);
          if (missing < actuals.length) {
            actuals[missing] = Double.NaN;
          }
          Prediction said = prediction("key " + key, time, shape, random.nextGaussian() + 7);
          boolean failed = random.nextInt(20) == 0;
          List<Answer> answers = failed ? List.of() : List.of(new Answer(said, false));
          history.add(new Answered("key " + key, time, actuals, null, answers));
        }
      }
    }
    return history;
  }

  static Answered answered(String key, int hour, double value, PredictionShape shape) {
    Prediction said = prediction(key, hour * HOUR, shape, value);
    double[] actuals = {value, 2 * value};
    return new Answered(key, hour * HOUR, actuals, null, List.of(new Answer(said, false)));
  }

  private static Prediction prediction(String key, long time, PredictionShape shape, double near) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = near + i % QUANTILES.size();
    }
    return new Prediction(key, time, 0, 0, shape, values);
  }

  static PredictionShape.Forecast shape(int version) {
    return shape(version, Optional.of(Duration.ofHours(1)));
  }

  private static int subtaskOf(String key) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        key, EvaluateHarness.MAX_PARALLELISM, 2);
  }

  private static Optional<Duration> none() {
    return Optional.empty();
  }

  private static EvaluateSettings settings() {
    return settings(NEVER);
  }

  static EvaluateSettings settings(long forgetAfter) {
    return new EvaluateSettings(
        new EvaluationSettings(
            Duration.ofHours(24),
            Duration.ofHours(1),
            Duration.ofDays(1),
            new DriftSettings(10, .5, 24, 1)),
        TARGETS,
        forgetAfter);
  }

  private static PredictionShape.Forecast shape(int version, Optional<Duration> interval) {
    return new PredictionShape.Forecast(
        "test@" + version,
        TARGETS,
        HORIZONS,
        QUANTILES,
        interval.map(Duration::toMillis).orElse(0L));
  }
}

package dev.eddy.pipeline.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.pipeline.evaluation.DriftSettings;
import dev.eddy.pipeline.evaluation.EvaluationSettings;
import dev.eddy.pipeline.evaluation.window.ClassFigure;
import dev.eddy.pipeline.evaluation.window.ForecastFigure;
import dev.eddy.pipeline.evaluation.window.Scored;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the sums of subtasks are reported as. */
class ReportTest {
  private static final long HOUR = 3_600_000;
  private static final PredictionShape FORECAST =
      new PredictionShape.Forecast("test@1", List.of("load"), List.of(1), List.of(.1, .5, .9), 0);
  private static final PredictionShape CLASSES =
      new PredictionShape.Classes("test@1", List.of("calm", "storm"));

  @Test
  void adds_up_what_subtasks_have_scored_when_the_window_closes() throws Exception {
    try (var harness = started(null)) {
      harness.processElement(forecast(0, 2, 3), 0);
      harness.processElement(forecast(0, 6, 1), 0);
      harness.processWatermark(HOUR - 1);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(HOUR);

      Scores scores = (Scores) records(harness).get(0);
      assertThat(scores.model()).isEqualTo("test@1");
      assertThat(scores.to()).isEqualTo(HOUR);
      assertThat(scores.predictions()).isEqualTo(8);
      ForecastOnline forecast = scores.forecasts().get(0);
      assertThat(forecast.count()).isEqualTo(8);
      assertThat(forecast.mae()).isEqualTo(1.5);
      assertThat(forecast.interval().nominal()).isEqualTo(.8);
    }
  }

  @Test
  void goes_on_in_the_middle_of_a_window_after_a_restore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = started(null)) {
      harness.processElement(forecast(0, 2, 3), 0);
      state = harness.snapshot(1, 1);
      harness.processElement(forecast(0, 100, 100), 0); // lost with the failure
    }
    try (var harness = started(state)) {
      harness.processElement(forecast(0, 6, 1), 0);
      harness.processWatermark(Long.MAX_VALUE);

      assertThat(((Scores) records(harness).get(0)).forecasts().get(0).count()).isEqualTo(8);
    }
  }

  @Test
  void counts_in_the_oldest_open_window_what_comes_too_late() throws Exception {
    try (var harness = started(null)) {
      harness.processElement(forecast(HOUR, 2, 1), 0);
      harness.processWatermark(HOUR);
      harness.processElement(forecast(0, 3, 1), 0);
      harness.processWatermark(2 * HOUR);

      Scores scores = (Scores) records(harness).get(0);
      assertThat(scores.from()).isEqualTo(HOUR);
      assertThat(scores.forecasts().get(0).count()).isEqualTo(5);
      assertThat(scores.late()).isEqualTo(3);
    }
  }

  @Test
  void tells_of_a_drift_behind_the_window_that_shows_it() throws Exception {
    try (var harness = started(null)) {
      for (int hour = 0; hour < 40; hour++) {
        harness.processElement(forecast(hour * HOUR, 10, hour < 30 ? 1 : 3), 0);
        harness.processWatermark((hour + 1) * HOUR);
      }

      List<EvaluationRecord> records = records(harness);
      Drift drift =
          (Drift) records.stream().filter(Drift.class::isInstance).findFirst().orElseThrow();
      assertThat(drift.since()).isEqualTo(30 * HOUR);
      Scores last = (Scores) records.get(records.indexOf(drift) - 1);
      assertThat(last.to()).isEqualTo(drift.time());
    }
  }

  @Test
  void says_how_classes_turned_out() throws Exception {
    try (var harness = started(null)) {
      WindowSums sums = new WindowSums(0, new Scored(CLASSES, true));
      sums.answered(5);
      sums.add(ClassFigure.COUNT, 4);
      sums.add(ClassFigure.RIGHT, 3);
      sums.add(ClassFigure.LOG_LOSS, 2);
      sums.add(ClassFigure.PREVIOUS_RIGHT, 1);
      sums.add(0, ClassFigure.OCCURRED, 3);
      sums.add(0, ClassFigure.ANSWERED, 4);
      sums.add(0, ClassFigure.HIT, 3);
      sums.add(2, ClassFigure.OCCURRED, 1);
      harness.processElement(sums, 0);
      harness.processWatermark(Long.MAX_VALUE);

      Scores scores = (Scores) records(harness).get(0);
      assertThat(scores.shadow()).isTrue();
      ClassesOnline classes = scores.classes().orElseThrow();
      assertThat(classes.accuracy()).isEqualTo(.75);
      assertThat(classes.logLoss()).isEqualTo(.5);
      assertThat(classes.previousAccuracy()).isEqualTo(.25);
      assertThat(classes.majority()).isEqualTo(.75);
      assertThat(classes.labels())
          .isEqualTo(
              Map.of(
                  "calm", new ClassesOnline.LabelOnline(3, 4, 3),
                  "(unknown)", new ClassesOnline.LabelOnline(1, 0, 0)));
    }
  }

  @Test
  void records_of_a_version_add_up() {
    Scores one = new ScoresOf(forecast(0, 2, 3)).scores(HOUR);
    Scores both = one.with(new ScoresOf(forecast(HOUR, 6, 1)).scores(HOUR));

    assertThat(both).isEqualTo(withWindow(new ScoresOf(sum()).scores(2 * HOUR)));
  }

  private static WindowSums sum() {
    WindowSums sum = forecast(0, 2, 3);
    sum.add(forecast(0, 6, 1));
    return sum;
  }

  private static Scores withWindow(Scores scores) {
    assertThat(scores.to()).isEqualTo(2 * HOUR);
    return scores;
  }

  private static OneInputStreamOperatorTestHarness<WindowSums, Tuple2<String, byte[]>> started(
      @Nullable OperatorSubtaskState from) throws Exception {
    EvaluationSettings settings =
        new EvaluationSettings(
            Duration.ofHours(1),
            Duration.ZERO,
            Duration.ofDays(1),
            new DriftSettings(10, .5, 24, 1));
    var harness =
        new OneInputStreamOperatorTestHarness<WindowSums, Tuple2<String, byte[]>>(
            new ReportOperatorFactory(settings));
    harness.setup(
        ReportOperatorFactory.RECORDS.createSerializer(
            harness.getExecutionConfig().getSerializerConfig()));
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  private static List<EvaluationRecord> records(
      OneInputStreamOperatorTestHarness<WindowSums, Tuple2<String, byte[]>> harness) {
    return harness.extractOutputValues().stream()
        .map(record -> EvaluationJson.read(record.f1).orElseThrow())
        .toList();
  }

  private static WindowSums forecast(long window, int count, double error) {
    WindowSums sums = new WindowSums(window, new Scored(FORECAST, false));
    for (int i = 0; i < count; i++) {
      sums.answered(window + i);
      sums.add(0, ForecastFigure.COUNT, 1);
      sums.add(0, ForecastFigure.ABSOLUTE, error);
      sums.add(0, ForecastFigure.PINBALL, error / 2);
      sums.add(0, ForecastFigure.PERSISTENCE_ABSOLUTE, 2);
    }
    return sums;
  }
}

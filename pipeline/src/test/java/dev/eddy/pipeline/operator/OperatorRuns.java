package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;

/** Runs of the operator, one after the other, and what they leave. */
final class OperatorRuns {
  private static final int MEDIAN = 1;
  private static final int QUANTILES = 3;

  private OperatorRuns() {}

  static List<Observation> key(String key, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(time -> TestModels.observation(key, time, time))
        .toList();
  }

  /** Of a prediction of the test models. */
  static List<Double> medians(Prediction prediction) {
    List<Double> medians = new ArrayList<>();
    for (int at = MEDIAN; at < prediction.values().length; at += QUANTILES) {
      medians.add(prediction.values()[at]);
    }
    return medians;
  }

  /** What one run of the job left. */
  record Run(List<Prediction> made, OperatorSubtaskState state) {}

  static List<Prediction> run(
      Backend backend, int steps, List<Announcement> announced, List<Observation> observations)
      throws Exception {
    PredictSettings settings = PredictHarness.rewarming(TestModels.SCHEMA, 7, steps);
    return run(settings, backend, null, announced, observations).made();
  }

  static Run run(
      @Nullable OperatorSubtaskState state,
      int maxBatch,
      int steps,
      List<Announcement> announced,
      List<Observation> observations)
      throws Exception {
    PredictSettings settings = PredictHarness.rewarming(TestModels.SCHEMA, maxBatch, steps);
    return run(settings, state, announced, observations);
  }

  static Run run(
      ObservationSchema schema,
      @Nullable OperatorSubtaskState state,
      int steps,
      List<Announcement> announced,
      List<Observation> observations)
      throws Exception {
    return run(PredictHarness.rewarming(schema, 3, steps), state, announced, observations);
  }

  static Run run(
      PredictSettings settings,
      @Nullable OperatorSubtaskState state,
      List<Announcement> announced,
      List<? extends KeyedEvent> events)
      throws Exception {
    return run(settings, Backend.HEAP, state, announced, events);
  }

  static Run run(
      PredictSettings settings,
      Backend backend,
      @Nullable OperatorSubtaskState state,
      List<Announcement> announced,
      List<? extends KeyedEvent> events)
      throws Exception {
    try (PredictHarness harness = new PredictHarness(settings, backend, 1, 0, () -> announced)) {
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
      for (KeyedEvent event : events) {
        harness.observe(event);
      }
      OperatorSubtaskState after = harness.checkpoint();
      return new Run(harness.predictions(), after);
    }
  }
}

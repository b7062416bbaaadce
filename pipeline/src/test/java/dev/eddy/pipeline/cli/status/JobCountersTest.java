package dev.eddy.pipeline.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.pipeline.flink.EmbeddedFlink.Checkpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

/** What a job counted before it was started again belongs to the run. */
class JobCountersTest {
  private final JobCounters counters = JobCounters.in(new Configuration());

  @Test
  void counts_of_subtasks_and_of_starts_before_are_added_up() {
    Counter first = predictions("0", 5);
    Counter letters = added("dead-letters", "predict", "0", Map.of("<reason>", "out-of-order"), 2);
    predictions("1", 7);
    assertThat(counters.now().predictions()).isEqualTo(12);

    counters.notifyOfRemovedMetric(first, "numRecordsIn", group("", "0", Map.of()));
    counters.notifyOfRemovedMetric(letters, "dead-letters", group("", "0", Map.of()));
    predictions("0", 3);
    added("dead-letters", "predict", "0", Map.of("<reason>", "out-of-order"), 1);
    added("numRecordsIn", "another operator", "0", Map.of(), 100);

    assertThat(counters.now().predictions()).isEqualTo(15);
    assertThat(counters.now().deadLetters()).containsExactly(Map.entry("out-of-order", 3L));
  }

  @Test
  void every_subtask_sees_each_swap_and_the_newest_version_that_serves_is_told() {
    added("swaps", "predict", "0", Map.of(), 2);
    added("swaps", "predict", "1", Map.of(), 1);
    gauge("model-version", "predict", "0", 3);
    Gauge<Integer> newest = gauge("model-version", "predict", "1", 4);
    gauge("pendingRecords", "Source: observations", "0", 40);
    gauge("pendingRecords", "Source: observations", "1", 2);

    RunNumbers numbers =
        new RunNumbers(
            "pump",
            counters.now(),
            0,
            Optional.of(new Checkpoint(9, "file:/chk-9", 500)),
            61,
            2500);
    assertThat(numbers.status())
        .isEqualTo(
            "0 predictions · 0/s · lag 42 · no dead letters · pump@4 serves, swaps 2 · checkpoint"
                + " 2.0 s ago");
    assertThat(numbers.last("stopped"))
        .isEqualTo("stopped after 61 s: 0 predictions, no dead letters, pump@4 serves, swaps 2");
    assertThat(numbers.goesOn())
        .isEqualTo("the next run goes on from checkpoint 9, 2.0 s old: file:/chk-9");
    assertThat(numbers.json()).containsEntry("lag", 42L).containsEntry("version", "pump@4");

    counters.notifyOfRemovedMetric(newest, "model-version", group("predict", "1", Map.of()));
    assertThat(counters.now().version()).isEqualTo(3);
  }

  private Counter predictions(String subtask, long count) {
    return added("numRecordsIn", "predictions: Writer", subtask, Map.of(), count);
  }

  private Counter added(
      String name, String operator, String subtask, Map<String, String> variables, long count) {
    Counter counter = new SimpleCounter();
    counter.inc(count);
    counters.notifyOfAddedMetric(counter, name, group(operator, subtask, variables));
    return counter;
  }

  private Gauge<Integer> gauge(String name, String operator, String subtask, int value) {
    Gauge<Integer> gauge = () -> value;
    counters.notifyOfAddedMetric(gauge, name, group(operator, subtask, Map.of()));
    return gauge;
  }

  private static MetricGroup group(String operator, String subtask, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("<operator_name>", operator);
    variables.put("<subtask_index>", subtask);
    return new UnregisteredMetricsGroup() {
      @Override
      public Map<String, String> getAllVariables() {
        return variables;
      }
    };
  }
}

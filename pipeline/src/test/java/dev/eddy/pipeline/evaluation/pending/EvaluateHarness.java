package dev.eddy.pipeline.evaluation.pending;

import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** One subtask of the operator on Flink's harness. */
final class EvaluateHarness
    extends KeyedOneInputStreamOperatorTestHarness<String, Answered, WindowSums> {
  static final int MAX_PARALLELISM = 16;
  private static final KeySelector<Answered, String> KEY = Answered::key;

  private long checkpoint;

  private EvaluateHarness(EvaluateSettings settings, boolean rocks, int parallelism, int subtask)
      throws Exception {
    super(
        new EvaluateOperatorFactory(settings),
        KEY,
        Types.STRING,
        MAX_PARALLELISM,
        parallelism,
        subtask);
    setStateBackend(rocks ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
    setup(WindowSums.TYPE.createSerializer(getExecutionConfig().getSerializerConfig()));
  }

  static EvaluateHarness started(EvaluateSettings settings, boolean rocks) throws Exception {
    return started(settings, rocks, 1, 0, null);
  }

  static EvaluateHarness started(
      EvaluateSettings settings,
      boolean rocks,
      int parallelism,
      int subtask,
      @Nullable OperatorSubtaskState from)
      throws Exception {
    EvaluateHarness harness = new EvaluateHarness(settings, rocks, parallelism, subtask);
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  void take(Answered answered) throws Exception {
    processElement(answered, answered.time());
  }

  OperatorSubtaskState checkpoint() throws Exception {
    checkpoint++;
    return snapshot(checkpoint, checkpoint);
  }

  List<WindowSums> sums() {
    return extractOutputValues();
  }

  long keptKeys() {
    return keysOf("evaluated");
  }

  /** Keys that wait with a forecast. */
  long waitingKeys() {
    return keysOf("pending-forecasts");
  }

  private long keysOf(String state) {
    return ((EvaluateOperator) getOperator())
        .<String>getKeyedStateBackend()
        .getKeys(state, VoidNamespace.INSTANCE)
        .count();
  }
}

package dev.eddy.pipeline.evaluation.label;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.pipeline.evaluation.Answered;
import java.time.Duration;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** One subtask of the operator on Flink's harness, in which all wait for 100 ms if not said. */
final class LabelHarness extends AbstractStreamOperatorTestHarness<Answered> {
  private static final KeySelector<Answered, String> OF_ANSWER = Answered::key;
  private static final KeySelector<KeyedEvent, String> OF_LABEL = KeyedEvent::key;

  private LabelHarness(boolean rocks, long wait) throws Exception {
    super(new LabelOperatorFactory(Duration.ofMillis(wait)), 16, 1, 0, new OperatorID());
    config.setStatePartitioner(0, OF_ANSWER);
    config.setStatePartitioner(1, OF_LABEL);
    config.setStateKeySerializer(StringSerializer.INSTANCE);
    config.serializeAllConfigs();
    setStateBackend(rocks ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
    setup(Answered.TYPE.createSerializer(getExecutionConfig().getSerializerConfig()));
  }

  static LabelHarness started(boolean rocks, @Nullable OperatorSubtaskState from) throws Exception {
    return started(rocks, 100, from);
  }

  static LabelHarness started(boolean rocks, long wait, @Nullable OperatorSubtaskState from)
      throws Exception {
    LabelHarness harness = new LabelHarness(rocks, wait);
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  void answer(Answered answered) throws Exception {
    StreamRecord<Answered> record = new StreamRecord<>(answered, answered.time());
    operator().setKeyContextElement1(record);
    operator().processElement1(record);
  }

  void label(String key, long time, String label) throws Exception {
    KeyedEvent event = new Observation(key, time, new double[0], new String[0], label, 0, 0);
    StreamRecord<KeyedEvent> record = new StreamRecord<>(event, time);
    operator().setKeyContextElement2(record);
    operator().processElement2(record);
  }

  void watermark(long time) throws Exception {
    operator().processWatermark1(new Watermark(time));
    operator().processWatermark2(new Watermark(time));
  }

  private LabelOperator operator() {
    return (LabelOperator) getOperator();
  }
}

package dev.eddy.pipeline.shared;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.serde.EventTypes;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** One subtask of the join on Flink's harness, its input 1 keyed, its input 2 broadcast. */
final class JoinHarness extends AbstractStreamOperatorTestHarness<KeyedEvent> {
  static final int MAX_PARALLELISM = 16;

  JoinHarness(SharedFeatures features, StateBackend backend, SharedLog log) throws Exception {
    this(features, backend, log, 1, 0);
  }

  /** One of several subtasks. */
  JoinHarness(
      SharedFeatures features, StateBackend backend, SharedLog log, int parallelism, int subtask)
      throws Exception {
    super(
        new SharedJoinFactory(features, "observed", log),
        MAX_PARALLELISM,
        parallelism,
        subtask,
        new OperatorID());
    KeySelector<KeyedEvent, String> key = KeyedEvent::key;
    config.setStatePartitioner(0, key);
    config.setStateKeySerializer(StringSerializer.INSTANCE);
    config.serializeAllConfigs();
    setStateBackend(backend);
    setup(EventTypes.KEYED_EVENT.createSerializer(getExecutionConfig().getSerializerConfig()));
  }

  private SharedJoinOperator join() {
    return (SharedJoinOperator) operator;
  }

  void observe(KeyedEvent event) throws Exception {
    StreamRecord<KeyedEvent> record = new StreamRecord<>(event, event.time());
    join().setKeyContextElement1(record);
    join().processElement1(record);
  }

  void observe(String key, long time) throws Exception {
    observe(SharedValuesTest.alone(key, time));
  }

  void share(long offset, long time, double price) throws Exception {
    join()
        .processElement2(new StreamRecord<>(SharedValuesTest.shared(offset, time, price, 0), time));
  }

  void watermark(long time) throws Exception {
    join().processWatermark1(new Watermark(time));
  }

  void endObservations() throws Exception {
    join().endInput(1);
  }

  /** Key, time and price of what went on. */
  List<String> gone() {
    return extractOutputValues().stream()
        .map(each -> each.key() + each.time() + ":" + ((Observation) each).numeric()[1])
        .toList();
  }
}

package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.state.KeyCounts;
import dev.eddy.pipeline.version.AnnouncementLog;
import dev.eddy.pipeline.version.VersionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** One subtask of the operator on Flink's harness, its input 1 keyed, its input 2 broadcast. */
final class PredictHarness extends AbstractStreamOperatorTestHarness<Prediction> {
  static final int MAX_PARALLELISM = 16;
  static final int MAX_BATCH = 7;
  static final long LINGER = 5;
  static final long NEVER = Long.MAX_VALUE;
  static final long MAX_AHEAD = 1000;

  /** The state backends that a deployment may choose. */
  enum Backend {
    HEAP,
    ROCKSDB;

    StateBackend create() {
      return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
    }
  }

  private long checkpoint;

  PredictHarness(
      PredictSettings settings, Backend backend, int parallelism, int subtask, AnnouncementLog log)
      throws Exception {
    super(
        new PredictOperatorFactory(settings, log),
        MAX_PARALLELISM,
        parallelism,
        subtask,
        new OperatorID());
    KeySelector<KeyedEvent, String> key = KeyedEvent::key;
    config.setStatePartitioner(0, key);
    config.setStateKeySerializer(StringSerializer.INSTANCE);
    config.serializeAllConfigs();
    setStateBackend(backend.create());
    setup(EventTypes.PREDICTION.createSerializer(getExecutionConfig().getSerializerConfig()));
  }

  /** A single subtask, started, that knows the given announcements. */
  static PredictHarness started(Announcement... announced) throws Exception {
    return started(settings(MAX_BATCH, NEVER), announced);
  }

  static PredictHarness started(PredictSettings settings, Announcement... announced)
      throws Exception {
    List<Announcement> log = List.of(announced);
    PredictHarness harness = new PredictHarness(settings, Backend.HEAP, 1, 0, () -> log);
    harness.open();
    return harness;
  }

  static PredictSettings settings(int maxBatch, long forgetAfterMillis) {
    return settings(TestModels.SCHEMA, maxBatch, forgetAfterMillis);
  }

  /** Of a deployment that re-warms keys by so many observations at least. */
  static PredictSettings rewarming(ObservationSchema schema, int maxBatch, int steps) {
    PredictSettings settings = settings(schema, maxBatch, NEVER);
    return new PredictSettings(
        settings.versions(), "observations", maxBatch, LINGER, NEVER, MAX_AHEAD, steps);
  }

  static PredictSettings settings(ObservationSchema schema, int maxBatch, long forgetAfterMillis) {
    return new PredictSettings(
        new VersionSettings(TestModels.NAME, "models", schema, EngineKind.SIMD),
        "observations",
        maxBatch,
        LINGER,
        forgetAfterMillis,
        MAX_AHEAD);
  }

  void observe(KeyedEvent event) throws Exception {
    StreamRecord<KeyedEvent> record = new StreamRecord<>(event, event.time());
    predictor().setKeyContextElement1(record);
    predictor().processElement1(record);
  }

  void observe(String key, long time) throws Exception {
    observe(TestModels.observation(key, time, time));
  }

  void announce(Announcement announcement) throws Exception {
    StreamRecord<Announcement> record = new StreamRecord<>(announcement);
    predictor().setKeyContextElement2(record);
    predictor().processElement2(record);
  }

  void watermark1(long time) throws Exception {
    predictor().processWatermark1(new Watermark(time));
  }

  void watermark2(long time) throws Exception {
    predictor().processWatermark2(new Watermark(time));
  }

  void idle1() throws Exception {
    predictor().processWatermarkStatus1(WatermarkStatus.IDLE);
  }

  void idle2() throws Exception {
    predictor().processWatermarkStatus2(WatermarkStatus.IDLE);
  }

  void endInput(int input) throws Exception {
    predictor().endInput(input);
  }

  /** What a checkpoint barrier does to the operator. */
  OperatorSubtaskState checkpoint() throws Exception {
    checkpoint++;
    prepareSnapshotPreBarrier(checkpoint);
    return snapshot(checkpoint, checkpoint);
  }

  List<Prediction> predictions() {
    return extractOutputValues();
  }

  List<DeadLetter> deadLetters() {
    List<DeadLetter> letters = new ArrayList<>();
    var output = getSideOutput(PredictOperatorFactory.DEAD_LETTERS);
    if (output != null) {
      output.forEach(record -> letters.add(record.getValue()));
    }
    return letters;
  }

  List<Answered> answered() {
    List<Answered> answered = new ArrayList<>();
    var output = getSideOutput(PredictOperatorFactory.ANSWERED);
    if (output != null) {
      output.forEach(record -> answered.add(record.getValue()));
    }
    return answered;
  }

  /** Keys of which anything is kept. */
  long keptKeys() {
    long kept = 0;
    for (String state : List.of("hidden", "recent-inputs-1", "recent-inputs-2")) {
      try (Stream<?> keys =
          predictor().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
        kept = Math.max(kept, keys.count());
      }
    }
    return kept;
  }

  /** How many it says that they are. */
  KeyCounts countedKeys() {
    return predictor().keys();
  }

  /** Keys of which a shadow's state is kept. */
  long shadowedKeys() {
    try (Stream<?> keys =
        predictor().getKeyedStateBackend().getKeys("shadow", VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  private MicroBatchPredictOperator predictor() {
    return (MicroBatchPredictOperator) getOperator();
  }
}

package dev.eddy.pipeline.evaluation.pending;

import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.evaluation.window.OpenWindows;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Scores each key's predictions when what they were made for has happened (prequential evaluation,
 * Dawid 1984), and sends the sums of a window on when event time closes it.
 *
 * <p>Sums of open windows are operator state: they add up, so it makes no difference which subtask
 * gets them when the job is rescaled. They are sent on, open or not, before the subtask falls
 * silent: nobody downstream waits for it then. Shapes are broadcast state, not a union list: a
 * checkpoint of a bounded job may find some subtasks finished, which a union list does not allow.
 * So a subtask knows but those of one subtask before; what a key waits with of others is given up.
 */
final class EvaluateOperator extends AbstractStreamOperator<WindowSums>
    implements OneInputStreamOperator<Answered, WindowSums> {
  private static final long serialVersionUID = 1L;
  private static final String TIMED = "timed";
  private static final ValueStateDescriptor<byte[]> KEYS =
      new ValueStateDescriptor<>("evaluated", BytePrimitiveArraySerializer.INSTANCE);
  private static final MapStateDescriptor<Long, byte[]> SHAPES =
      new MapStateDescriptor<>(
          "known-shapes", LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
  private static final MapStateDescriptor<String, Boolean> KNOWN =
      new MapStateDescriptor<>(
          "known-of-keys", StringSerializer.INSTANCE, BooleanSerializer.INSTANCE);

  private final EvaluateSettings settings;
  private final KnownVersions versions;
  private final OpenWindows windows;
  private final EvaluateMetrics evaluateMetrics;

  // Flink calls initializeState before anything else.
  @SuppressWarnings("NullAway.Init")
  private ValueState<byte[]> keys;

  @SuppressWarnings("NullAway.Init")
  private StoredForecasts pending;

  @SuppressWarnings("NullAway.Init")
  private ListState<WindowSums> openSums;

  @SuppressWarnings("NullAway.Init")
  private BroadcastState<Long, byte[]> knownShapes; // by number

  @SuppressWarnings("NullAway.Init")
  private BroadcastState<String, Boolean> known; // of every key there is

  @SuppressWarnings("NullAway.Init")
  private SilentForecasts silent;

  EvaluateOperator(StreamOperatorParameters<WindowSums> parameters, EvaluateSettings settings) {
    super(parameters);
    this.settings = settings;
    versions = new KnownVersions(settings.targets());
    windows = new OpenWindows(settings.windows());
    evaluateMetrics = new EvaluateMetrics(getMetricGroup());
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    keys = context.getKeyedStateStore().getState(KEYS);
    pending = new StoredForecasts(context.getKeyedStateStore());
    openSums =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "open-windows",
                    WindowSums.TYPE.createSerializer(getExecutionConfig().getSerializerConfig())));
    knownShapes = context.getOperatorStateStore().getBroadcastState(SHAPES);
    known = context.getOperatorStateStore().getBroadcastState(KNOWN);
    versions.read(knownShapes);
    windows.restore(openSums.get());
    silent = new SilentForecasts(settings.forgetAfterMillis(), this::lastTime, this::forget);
    silent.open(getInternalTimerService("silent", VoidNamespaceSerializer.INSTANCE, silent));
    if (silent.frees() && context.isRestored() && !known.contains(TIMED)) {
      silent.restore(this::each);
    }
  }

  private void each(Consumer<String> visitor) throws Exception {
    this.<String>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            KEYS,
            (key, state) -> visitor.accept(key));
  }

  private long lastTime() throws Exception {
    byte[] stored = keys.value();
    return stored == null ? Long.MIN_VALUE : read(stored).lastTime;
  }

  private void forget() throws Exception {
    keys.clear();
    pending.clear();
  }

  @Override
  public void processElement(StreamRecord<Answered> element) throws Exception {
    Answered answered = element.getValue();
    byte[] stored = keys.value();
    KeyForecasts key = stored == null ? new KeyForecasts(settings.targets()) : read(stored);
    answered.answers().forEach(versions::of); // before anything asks whether they are known
    giveUpUnknown(key);
    silent.observed(key.lastTime, answered.time());
    observe(key, answered);
    for (Answer answer : answered.answers()) {
      take(key, answered, answer);
    }
    if (answered.label() != null) {
      key.remember(answered.label());
    }
    key.observations++;
    keys.update(key.write());
  }

  private KeyForecasts read(byte[] stored) throws Exception {
    return KeyForecasts.read(stored, settings.targets());
  }

  private void giveUpUnknown(KeyForecasts key) throws Exception {
    for (Lane lane : List.copyOf(key.lanes)) {
      if (!versions.knows(lane.shape)) {
        pending.removeLane(lane.number);
        key.lanes.remove(lane);
      }
    }
  }

  private void observe(KeyForecasts key, Answered answered) throws Exception {
    for (Lane lane : List.copyOf(key.lanes)) {
      Version version = known(lane.shape);
      ForecastScorer scorer = version.scorer();
      if (answered.time() < key.lastTime) {
        scorer.setBack(lane);
      }
      if (lane.waits()) {
        WindowSums sums = windows.at(answered.time(), version.scored(lane.shadow));
        int scored =
            scorer.settle(
                lane, answered.time(), key.observations, answered.actuals(), pending, sums);
        count(scored, answered.time(), sums);
      }
      if (!lane.waits() && answered.answers().stream().noneMatch(each -> isOf(each, lane))) {
        drop(key, lane, scorer);
      }
    }
    key.lastTime = answered.time();
    for (int target = 0; target < key.last.length; target++) {
      double actual = answered.actuals()[target];
      key.last[target] = Double.isFinite(actual) ? actual : key.last[target];
    }
  }

  private boolean isOf(Answer answer, Lane lane) {
    return answer.shadow() == lane.shadow && versions.of(answer).number() == lane.shape;
  }

  private Version known(long number) {
    Version version = versions.get(number);
    if (version == null) {
      throw new IllegalStateException("version " + number + ": unknown (must be known here)");
    }
    return version;
  }

  private void drop(KeyForecasts key, Lane lane, ForecastScorer scorer) throws Exception {
    scorer.remove(lane, pending);
    key.lanes.remove(lane);
  }

  private void count(int scored, long time, WindowSums sums) {
    evaluateMetrics.scored(scored);
    if (windows.isLate(time)) {
      sums.late(scored);
      evaluateMetrics.late(scored);
    }
  }

  private void take(KeyForecasts key, Answered answered, Answer answer) throws Exception {
    Version version = versions.of(answer);
    WindowSums sums = windows.at(answered.time(), version.scored(answer.shadow()));
    sums.answered(answered.time());
    ClassScorer classes = version.classes();
    if (classes == null) {
      follow(key, answered, answer, version);
    } else if (answered.label() != null) {
      classes.score(answered.label(), key.lastLabel, answer.prediction().values(), sums);
      count(1, answered.time(), sums);
    }
    if (!answer.shadow()) {
      key.serving = version.number();
    }
  }

  private void follow(KeyForecasts key, Answered answered, Answer answer, Version version)
      throws Exception {
    ForecastScorer scorer = version.scorer();
    Lane lane = key.lane(version.number(), answer.shadow(), scorer.columns());
    if (!answer.shadow() && key.serving != 0 && key.serving != version.number()) {
      lane.swapped = lane.next;
    }
    double[] values = answer.prediction().values();
    boolean kept =
        scorer.follow(lane, answered.time(), key.observations, key.last, values, pending);
    if (!kept) {
      evaluateMetrics.notFollowed();
    }
    Lane surplus = key.surplus();
    if (surplus != null) {
      drop(key, surplus, known(surplus.shape).scorer());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    List<WindowSums> closed = windows.close(mark.getTimestamp());
    evaluateMetrics.closed(closed);
    send(closed);
    super.processWatermark(mark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle()) {
      send(windows.drain());
    }
    super.processWatermarkStatus(status);
  }

  private void send(List<WindowSums> sums) {
    for (WindowSums each : sums) {
      output.collect(new StreamRecord<>(each, each.window()));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    openSums.update(windows.copies());
    versions.write(knownShapes);
    if (silent.frees()) {
      known.put(TIMED, true);
    } else {
      known.remove(TIMED);
    }
  }
}

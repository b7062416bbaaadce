package dev.eddy.pipeline.evaluation.label;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.Answered;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Lets what was answered (input 1) wait for the label of its key and time (input 2), whichever
 * comes first, and go on with it. What finds none within the time that it waits goes on without: it
 * was answered all the same. A record that brings its own label waits for none. Where as many wait
 * as may, every tenth goes, old and new alike: so some find their labels, however late these come.
 */
final class LabelOperator extends AbstractStreamOperator<Answered>
    implements TwoInputStreamOperator<Answered, KeyedEvent, Answered>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /** Answers and labels of a key that wait, at most. */
  static final int MOST = 1_000;

  /** That go at once where one more comes: choosing takes a look at all. */
  static final int GOING = MOST / 10;

  private static final String WAIT = "wait";
  private static final MapStateDescriptor<Long, String> EARLY =
      new MapStateDescriptor<>("early-labels", LongSerializer.INSTANCE, StringSerializer.INSTANCE);
  private static final MapStateDescriptor<String, Long> KNOWN =
      new MapStateDescriptor<>("known-of-keys", StringSerializer.INSTANCE, LongSerializer.INSTANCE);

  private final long wait;
  private final Counter joined;
  private final Counter unmatched;
  private final Counter unlabelled;

  // Flink calls initializeState before anything else.
  @SuppressWarnings("NullAway.Init")
  private MapState<Long, Answered> waiting;

  @SuppressWarnings("NullAway.Init")
  private MapState<Long, String> early;

  @SuppressWarnings("NullAway.Init")
  private ValueState<Integer> sizes; // of both together

  @SuppressWarnings("NullAway.Init")
  private BroadcastState<String, Long> known; // of every key there is

  @SuppressWarnings("NullAway.Init")
  private InternalTimerService<VoidNamespace> timers;

  LabelOperator(StreamOperatorParameters<Answered> parameters, long waitMillis) {
    super(parameters);
    wait = waitMillis;
    MetricGroup group = getMetricGroup().addGroup("eddy");
    joined = group.counter("labels-joined");
    unmatched = group.counter("labels-unmatched");
    unlabelled = group.counter("predictions-unlabelled");
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var store = context.getKeyedStateStore();
    MapStateDescriptor<Long, Answered> answers =
        new MapStateDescriptor<>(
            "waiting-answers",
            LongSerializer.INSTANCE,
            Answered.TYPE.createSerializer(getExecutionConfig().getSerializerConfig()));
    waiting = store.getMapState(answers);
    early = store.getMapState(EARLY);
    sizes = store.getState(new ValueStateDescriptor<>("sizes", IntSerializer.INSTANCE));
    timers = getInternalTimerService("labels", VoidNamespaceSerializer.INSTANCE, this);
    known = context.getOperatorStateStore().getBroadcastState(KNOWN);
    Long before = known.get(WAIT);
    if (context.isRestored() && (before == null || before != wait)) {
      setTimers(answers);
      setTimers(EARLY);
    }
    known.put(WAIT, wait);
  }

  /** What waits has timers by the settings of then: those find nothing that is due. */
  private <T> void setTimers(MapStateDescriptor<Long, T> of) throws Exception {
    this.<String>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            of,
            (key, state) -> {
              for (long time : state.keys()) {
                timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time + wait);
              }
            });
  }

  @Override
  public void processElement1(StreamRecord<Answered> element) throws Exception {
    Answered answered = element.getValue();
    if (answered.label() != null || answered.answers().stream().noneMatch(LabelOperator::isClass)) {
      output.collect(element);
      return;
    }
    String label = early.get(answered.time());
    if (label != null) {
      early.remove(answered.time());
      end(answered.time());
      join(answered, label);
      return;
    }
    Answered before = waiting.get(answered.time());
    if (before != null) { // of equal times the last one
      goOn(before);
      waiting.put(answered.time(), answered);
    } else {
      waiting.put(answered.time(), answered);
      begin(answered.time());
    }
  }

  private static boolean isClass(Answer answer) {
    return answer.prediction().shape() instanceof Classes;
  }

  @Override
  public void processElement2(StreamRecord<KeyedEvent> element) throws Exception {
    if (!(element.getValue() instanceof Observation record) || record.label() == null) {
      return;
    }
    Answered answered = waiting.get(record.time());
    if (answered != null) {
      waiting.remove(record.time());
      end(record.time());
      join(answered, record.label());
    } else if (early.contains(record.time())) {
      early.put(record.time(), record.label()); // of equal times the last one
    } else if (record.time() + wait <= timers.currentWatermark()) {
      unmatched.inc();
    } else {
      early.put(record.time(), record.label());
      begin(record.time());
    }
  }

  private void join(Answered answered, String label) {
    joined.inc();
    Answered labelled =
        new Answered(
            answered.key(), answered.time(), answered.actuals(), label, answered.answers());
    output.collect(new StreamRecord<>(labelled, answered.time()));
  }

  private void goOn(Answered answered) {
    unlabelled.inc();
    output.collect(new StreamRecord<>(answered, answered.time()));
  }

  private int size() throws Exception {
    Integer size = sizes.value();
    return size == null ? 0 : size;
  }

  private void begin(long time) throws Exception {
    int size = size() + 1;
    sizes.update(size);
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time + wait);
    if (size > MOST) {
      List<Long> times = new ArrayList<>(size);
      waiting.keys().forEach(times::add);
      early.keys().forEach(times::add);
      times.sort(null);
      for (int going = 0; going < MOST; going += MOST / GOING) {
        giveUp(times.get(going));
      }
    }
  }

  private void end(long time) throws Exception {
    timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, time + wait);
    int left = size() - 1;
    if (left > 0) {
      sizes.update(left);
    } else {
      sizes.clear();
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    giveUp(timer.getTimestamp() - wait);
  }

  /** What is of this time waits no longer; nothing is, where an earlier run set the timer. */
  private void giveUp(long time) throws Exception {
    Answered answered = waiting.get(time);
    if (answered != null) {
      waiting.remove(time);
      end(time);
      goOn(answered);
    } else if (early.contains(time)) {
      early.remove(time);
      end(time);
      unmatched.inc();
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("processing time: no timer (must be of event time)");
  }
}

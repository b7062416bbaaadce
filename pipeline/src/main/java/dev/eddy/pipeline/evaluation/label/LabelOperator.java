package dev.eddy.pipeline.evaluation.label;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.Answered;
import java.util.ArrayList;
import java.util.List;
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
 * was answered all the same. A record that brings its own label waits for none.
 */
final class LabelOperator extends AbstractStreamOperator<Answered>
    implements TwoInputStreamOperator<Answered, KeyedEvent, Answered>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /** Of a key that wait, at most, and as many labels. */
  static final int MOST = 1_000;

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
    waiting =
        store.getMapState(
            new MapStateDescriptor<>(
                "waiting-answers",
                LongSerializer.INSTANCE,
                Answered.TYPE.createSerializer(getExecutionConfig().getSerializerConfig())));
    early =
        store.getMapState(
            new MapStateDescriptor<>(
                "early-labels", LongSerializer.INSTANCE, StringSerializer.INSTANCE));
    sizes = store.getState(new ValueStateDescriptor<>("sizes", IntSerializer.INSTANCE));
    timers = getInternalTimerService("labels", VoidNamespaceSerializer.INSTANCE, this);
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
    } else if (isFull()) {
      goOn(answered);
      return;
    } else {
      begin(answered.time());
    }
    waiting.put(answered.time(), answered);
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
    } else if (isFull() || record.time() + wait <= timers.currentWatermark()) {
      unmatched.inc();
    } else {
      begin(record.time());
      early.put(record.time(), record.label());
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

  private boolean isFull() throws Exception {
    return size() >= MOST;
  }

  private int size() throws Exception {
    Integer size = sizes.value();
    return size == null ? 0 : size;
  }

  private void begin(long time) throws Exception {
    sizes.update(size() + 1);
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time + wait);
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

  /** Also for what waited longer or less long, by the settings of then. */
  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    List<Long> times = new ArrayList<>();
    waiting.keys().forEach(times::add);
    early.keys().forEach(times::add);
    times.removeIf(time -> time + wait > timer.getTimestamp());
    times.sort(null);
    for (long time : times) {
      Answered answered = waiting.get(time);
      if (answered != null) {
        waiting.remove(time);
        goOn(answered);
      } else {
        early.remove(time);
        unmatched.inc();
      }
      end(time);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("processing time: no timer (must be of event time)");
  }
}

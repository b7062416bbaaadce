package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.pipeline.waiting.Ahead;
import dev.eddy.pipeline.waiting.StoredNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Puts each key's events in order by event time, for those that come late by no more than {@code
 * input.order-within}: an event waits until the key has one that is as much newer, until event time
 * has gone on as far, or until it has waited as long by the clock, whichever comes first. What is
 * older than one that has gone on goes on at once, and is out of order where it arrives. One from
 * the future counts for neither, once a record of its key was written before its time. Waiting
 * events are state: they survive a failure, once.
 */
final class OrderWithin extends KeyedProcessFunction<String, KeyedEvent, KeyedEvent>
    implements CheckpointedFunction {
  /** Events of a key that wait, at most; the oldest goes on for one more. */
  static final int MOST = 1_000;

  private static final long serialVersionUID = 1L;

  /** The state of an Eddy that did not name the features of what waits. */
  static final String UNNAMED = "waiting";

  private static final TypeInformation<Tuple2<Long, KeyedEvent>> ARRIVED =
      Types.TUPLE(Types.LONG, EventTypes.KEYED_EVENT);
  private static final TypeInformation<Tuple3<Long, Integer, KeyedEvent>> NAMED =
      Types.TUPLE(Types.LONG, Types.INT, EventTypes.KEYED_EVENT);
  private static final TypeInformation<Tuple4<Long, Long, Long, Integer>> PLACE =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG, Types.INT);

  private final long withinMillis;
  private final ObservationSchema schema;
  private final String topic;
  private transient @Nullable StoredNames names;
  private transient @Nullable Waiting waiting;

  /**
   * Orders events of {@code schema}.
   *
   * @param topic that they come from
   */
  OrderWithin(Duration within, ObservationSchema schema, String topic) {
    withinMillis = within.toMillis();
    this.schema = schema;
    this.topic = topic;
  }

  /**
   * What Flink gives when the task opens.
   *
   * @param names of what is stored
   * @param events with the clock's time at arrival, and the number of their names
   * @param unnamed those that an older Eddy stored
   * @param place oldest and newest time of those that came, newest of those that went, and how many
   *     wait
   */
  private record Waiting(
      StoredNames names,
      ListState<Tuple3<Long, Integer, KeyedEvent>> events,
      ListState<Tuple2<Long, KeyedEvent>> unnamed,
      ValueState<Tuple4<Long, Long, Long, Integer>> place,
      Counter late,
      Counter reordered,
      Counter overflows) {}

  private MetricGroup metrics() {
    return getRuntimeContext().getMetricGroup().addGroup("eddy");
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    names = new StoredNames(context.getOperatorStateStore(), schema, topic, metrics());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // Keyed state and the names are there already.
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = metrics();
    waiting =
        new Waiting(
            opened(names),
            getRuntimeContext().getListState(new ListStateDescriptor<>("waiting-events", NAMED)),
            getRuntimeContext().getListState(new ListStateDescriptor<>(UNNAMED, ARRIVED)),
            getRuntimeContext().getState(new ValueStateDescriptor<>("place", PLACE)),
            metrics.counter("later-than-order-within"),
            metrics.counter("put-in-order"),
            metrics.counter("order-overflows"));
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not opened");
    }
    return part;
  }

  private Waiting waiting() {
    return opened(waiting);
  }

  /** Moves what an older Eddy stored of the current key to where it is looked for today. */
  void moveUnnamed() throws Exception {
    for (Tuple2<Long, KeyedEvent> each : waiting().unnamed.get()) {
      waiting().events.add(Tuple3.of(each.f0, StoredNames.UNNAMED, each.f1));
    }
    waiting().unnamed.clear();
  }

  @Override
  public void processElement(KeyedEvent event, Context context, Collector<KeyedEvent> out)
      throws Exception {
    Tuple4<Long, Long, Long, Integer> place = place();
    place.f1 = Ahead.isAhead(place.f1, event, withinMillis) ? Long.MIN_VALUE : place.f1;
    place.f2 = Ahead.isAhead(place.f2, event, withinMillis) ? Long.MIN_VALUE : place.f2;
    if (event.time() < place.f2) {
      waiting().late.inc();
      out.collect(event);
      return;
    }
    if (event.time() < place.f1) {
      waiting().reordered.inc();
    }
    long now = context.timerService().currentProcessingTime();
    waiting().events.add(Tuple3.of(now, waiting().names.number(), event));
    place.f0 = Math.min(place.f0, event.time());
    place.f1 = Math.max(place.f1, event.time());
    place.f3 = place.f3 + 1;
    context.timerService().registerEventTimeTimer(event.time() + withinMillis);
    context.timerService().registerProcessingTimeTimer(now + withinMillis);
    long due = place.f1 - withinMillis;
    if (place.f3 > MOST) {
      waiting().overflows.inc();
      due = Math.max(due, place.f0);
    }
    letGo(due, place, context, out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<KeyedEvent> out)
      throws Exception {
    long due = Long.MIN_VALUE;
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      due = timestamp - withinMillis;
    } else {
      for (Tuple3<Long, Integer, KeyedEvent> each : waiting().events.get()) {
        boolean waited = each.f0 <= timestamp - withinMillis;
        due = waited ? Math.max(due, each.f2.time()) : due;
      }
    }
    letGo(due, place(), context, out);
  }

  /** Lets all go on that are no newer, in order; those of one time as they came. */
  private void letGo(
      long due, Tuple4<Long, Long, Long, Integer> place, Context context, Collector<KeyedEvent> out)
      throws Exception {
    if (due >= place.f0) {
      List<Tuple3<Long, Integer, KeyedEvent>> going = new ArrayList<>();
      List<Tuple3<Long, Integer, KeyedEvent>> staying = new ArrayList<>();
      place.f0 = Long.MAX_VALUE;
      for (Tuple3<Long, Integer, KeyedEvent> each : waiting().events.get()) {
        if (each.f2.time() <= due) {
          going.add(each);
          place.f2 = Math.max(place.f2, each.f2.time());
        } else {
          staying.add(each);
          place.f0 = Math.min(place.f0, each.f2.time());
        }
      }
      going.sort(Comparator.comparingLong(each -> each.f2.time()));
      for (Tuple3<Long, Integer, KeyedEvent> each : going) {
        goOn(each, context, out);
      }
      forget(going, staying, context.timerService());
      place.f3 = staying.size();
      waiting().events.update(staying);
    }
    waiting().place.update(place);
  }

  private void goOn(
      Tuple3<Long, Integer, KeyedEvent> stored, Context context, Collector<KeyedEvent> out)
      throws IOException {
    Decoded today = waiting().names.today(stored.f1, stored.f2);
    if (today instanceof KeyedEvent event) {
      out.collect(event);
    } else {
      context.output(StoredNames.LOST, (DeadLetter) today);
    }
  }

  /** Deletes the timers of those that went: there are no more than events that wait. */
  private void forget(
      List<Tuple3<Long, Integer, KeyedEvent>> gone,
      List<Tuple3<Long, Integer, KeyedEvent>> staying,
      TimerService timers) {
    Set<Long> arrivals = new HashSet<>();
    staying.forEach(each -> arrivals.add(each.f0));
    for (Tuple3<Long, Integer, KeyedEvent> each : gone) {
      timers.deleteEventTimeTimer(each.f2.time() + withinMillis);
      if (!arrivals.contains(each.f0)) {
        timers.deleteProcessingTimeTimer(each.f0 + withinMillis);
      }
    }
  }

  private Tuple4<Long, Long, Long, Integer> place() throws Exception {
    Tuple4<Long, Long, Long, Integer> stored = waiting().place.value();
    return stored == null
        ? Tuple4.of(Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, 0)
        : Tuple4.of(stored.f0, stored.f1, stored.f2, stored.f3);
  }
}

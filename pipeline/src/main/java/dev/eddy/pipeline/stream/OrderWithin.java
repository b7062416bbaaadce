package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.serde.EventTypes;
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
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Puts each key's events in order by event time, for those that come late by no more than {@code
 * input.order-within}: an event waits until the key has one that is as much newer, until event time
 * has gone on as far, or until it has waited as long by the clock, whichever comes first. What is
 * older than one that has gone on goes on at once, and is out of order where it arrives. Waiting
 * events are state: they survive a failure, once.
 */
final class OrderWithin extends KeyedProcessFunction<String, KeyedEvent, KeyedEvent> {
  /** Events of a key that wait, at most; the oldest goes on for one more. */
  static final int MOST = 1_000;

  private static final long serialVersionUID = 1L;
  private static final TypeInformation<Tuple2<Long, KeyedEvent>> ARRIVED =
      Types.TUPLE(Types.LONG, EventTypes.KEYED_EVENT);
  private static final TypeInformation<Tuple4<Long, Long, Long, Integer>> PLACE =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG, Types.INT);

  private final long withinMillis;
  private transient @Nullable Waiting waiting;

  OrderWithin(Duration within) {
    withinMillis = within.toMillis();
  }

  /**
   * What Flink gives when the task opens.
   *
   * @param events with the clock's time at arrival
   * @param place oldest and newest time of those that came, newest of those that went, and how many
   *     wait
   */
  private record Waiting(
      ListState<Tuple2<Long, KeyedEvent>> events,
      ValueState<Tuple4<Long, Long, Long, Integer>> place,
      Counter late,
      Counter reordered,
      Counter overflows) {}

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("eddy");
    waiting =
        new Waiting(
            getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", ARRIVED)),
            getRuntimeContext().getState(new ValueStateDescriptor<>("place", PLACE)),
            metrics.counter("later-than-order-within"),
            metrics.counter("put-in-order"),
            metrics.counter("order-overflows"));
  }

  private Waiting waiting() {
    Waiting opened = waiting;
    if (opened == null) {
      throw new IllegalStateException("not opened");
    }
    return opened;
  }

  @Override
  public void processElement(KeyedEvent event, Context context, Collector<KeyedEvent> out)
      throws Exception {
    Tuple4<Long, Long, Long, Integer> place = place();
    if (event.time() < place.f2) {
      waiting().late.inc();
      out.collect(event);
      return;
    }
    if (event.time() < place.f1) {
      waiting().reordered.inc();
    }
    long now = context.timerService().currentProcessingTime();
    waiting().events.add(Tuple2.of(now, event));
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
    letGo(due, place, context.timerService(), out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<KeyedEvent> out)
      throws Exception {
    long due = Long.MIN_VALUE;
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      due = timestamp - withinMillis;
    } else {
      for (Tuple2<Long, KeyedEvent> each : waiting().events.get()) {
        boolean waited = each.f0 <= timestamp - withinMillis;
        due = waited ? Math.max(due, each.f1.time()) : due;
      }
    }
    letGo(due, place(), context.timerService(), out);
  }

  /** Lets all go on that are no newer, in order; those of one time as they came. */
  private void letGo(
      long due,
      Tuple4<Long, Long, Long, Integer> place,
      TimerService timers,
      Collector<KeyedEvent> out)
      throws Exception {
    if (due >= place.f0) {
      List<Tuple2<Long, KeyedEvent>> going = new ArrayList<>();
      List<Tuple2<Long, KeyedEvent>> staying = new ArrayList<>();
      place.f0 = Long.MAX_VALUE;
      for (Tuple2<Long, KeyedEvent> each : waiting().events.get()) {
        if (each.f1.time() <= due) {
          going.add(each);
          place.f2 = Math.max(place.f2, each.f1.time());
        } else {
          staying.add(each);
          place.f0 = Math.min(place.f0, each.f1.time());
        }
      }
      going.sort(Comparator.comparingLong(each -> each.f1.time()));
      going.forEach(each -> out.collect(each.f1));
      forget(going, staying, timers);
      place.f3 = staying.size();
      waiting().events.update(staying);
    }
    waiting().place.update(place);
  }

  /** Deletes the timers of those that went: there are no more than events that wait. */
  private void forget(
      List<Tuple2<Long, KeyedEvent>> gone,
      List<Tuple2<Long, KeyedEvent>> staying,
      TimerService timers) {
    Set<Long> arrivals = new HashSet<>();
    staying.forEach(each -> arrivals.add(each.f0));
    for (Tuple2<Long, KeyedEvent> each : gone) {
      timers.deleteEventTimeTimer(each.f1.time() + withinMillis);
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

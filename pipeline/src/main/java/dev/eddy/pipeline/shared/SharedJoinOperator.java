package dev.eddy.pipeline.shared;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.kafka.client.Patience;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.settings.UserMistake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Joins broadcast shared records (input 2) to keyed observations (input 1). An observation waits
 * until the shared topic has told of its time, for a while by the clock at most; what follows it of
 * its key waits behind it. What is on the topic when the task starts is known before the first
 * observation. Input 2 holds back neither watermarks nor the end of the job.
 */
final class SharedJoinOperator extends AbstractStreamOperator<KeyedEvent>
    implements TwoInputStreamOperator<KeyedEvent, KeyedEvent, KeyedEvent>, BoundedMultiInput {
  /** Events of a key that wait, at most; the oldest goes on for one more. */
  static final int MOST = 1_000;

  private static final long serialVersionUID = 1L;
  private static final String WAITING = "waiting";
  private static final String VALUES = "values";
  private static final TypeInformation<Tuple2<Long, KeyedEvent>> ARRIVED =
      Types.TUPLE(Types.LONG, EventTypes.KEYED_EVENT);

  /** A key of which an event may wait until then, by the clock. */
  private record Deadline(long time, String key) {}

  private final SharedLog log;
  private final long awaitMillis;
  private final long keepMillis;
  private final SharedValues values;
  private final WaitingKeys keys = new WaitingKeys();
  private final Deque<Deadline> deadlines = new ArrayDeque<>(); // in the order of their times
  private final SharedMetrics joinMetrics;
  private final StreamRecord<KeyedEvent> record = new StreamRecord<>(null);

  // Flink calls initializeState before anything else.
  @SuppressWarnings("NullAway.Init")
  private ListState<Tuple2<Long, KeyedEvent>> waiting; // with the clock's time at arrival

  @SuppressWarnings("NullAway.Init")
  private BroadcastState<String, byte[]> stored;

  private long readAt; // by the clock: what was on the topic then is known
  private long newestGone = Long.MIN_VALUE; // time of the newest observation that went on
  private boolean timing; // whether a timer is running

  SharedJoinOperator(
      StreamOperatorParameters<KeyedEvent> parameters, SharedFeatures features, SharedLog log) {
    super(parameters);
    this.log = log;
    awaitMillis = features.await().toMillis();
    keepMillis = features.keep().toMillis();
    values = new SharedValues(features);
    joinMetrics = new SharedMetrics(getMetricGroup(), values, keys);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    waiting =
        context.getKeyedStateStore().getListState(new ListStateDescriptor<>(WAITING, ARRIVED));
    stored =
        context
            .getOperatorStateStore()
            .getBroadcastState(
                new MapStateDescriptor<>(
                    VALUES,
                    BasicTypeInfo.STRING_TYPE_INFO,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    byte[] before = stored.get(VALUES);
    if (before != null) {
      values.restore(before);
    }
    readTopic();
  }

  private void readTopic() {
    readAt = processingTimeService.getCurrentProcessingTime();
    try {
      log.readInto(values);
    } catch (UserMistake e) {
      if (Patience.isAway(e)) { // A broker that is away is no reason to end for good.
        throw e;
      }
      throw new SuppressRestartsException(e);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    List<Deadline> restored = new ArrayList<>();
    try (Stream<String> found =
        this.<String>getKeyedStateBackend().getKeys(WAITING, VoidNamespace.INSTANCE)) {
      for (String key : found.toList()) {
        setCurrentKey(key);
        List<Tuple2<Long, KeyedEvent>> events = waitingEvents();
        if (!events.isEmpty()) {
          keys.put(key, events.size(), events.get(0).f1.time());
        }
        events.forEach(each -> restored.add(new Deadline(each.f0 + awaitMillis, key)));
      }
    }
    restored.sort((one, other) -> Long.compare(one.time, other.time));
    deadlines.addAll(restored);
    awaitFirst();
  }

  private List<Tuple2<Long, KeyedEvent>> waitingEvents() throws Exception {
    List<Tuple2<Long, KeyedEvent>> events = new ArrayList<>();
    waiting.get().forEach(events::add);
    return events;
  }

  @Override
  public void processElement1(StreamRecord<KeyedEvent> element) throws Exception {
    KeyedEvent event = element.getValue();
    int before = keys.count(event.key());
    if (before == 0 && mayGo(event)) {
      emit(event);
      return;
    }
    long now = processingTimeService.getCurrentProcessingTime();
    waiting.add(Tuple2.of(now, event));
    keys.add(event.key(), event.time());
    deadlines.add(new Deadline(now + awaitMillis, event.key()));
    joinMetrics.waited();
    if (before == MOST) {
      joinMetrics.overflow();
      letGo(event.key(), 1, Long.MIN_VALUE);
    }
    awaitFirst();
  }

  /** Whether all is known that an event needs; a future update needs nothing. */
  private boolean mayGo(KeyedEvent event) {
    return awaitMillis == 0
        || event.time() <= values.settled()
        || !(event instanceof Observation observation)
        || (observation.recordTime() != Observation.NO_RECORD_TIME
            && observation.recordTime() + awaitMillis <= readAt);
  }

  @Override
  public void processElement2(StreamRecord<KeyedEvent> element) throws Exception {
    KeyedEvent shared = element.getValue();
    long before = values.settled();
    if (values.add(shared)) {
      if (shared.time() <= newestGone) {
        joinMetrics.late();
      }
      if (values.settled() > before) {
        for (String key : keys.upTo(values.settled())) {
          letGo(key, 0, Long.MIN_VALUE);
        }
      }
    }
  }

  /**
   * Lets a key's first events go on, up to one that must wait.
   *
   * @param atLeast so many go whatever they wait for
   * @param arrivedBy what came by then has waited long enough
   */
  private void letGo(String key, int atLeast, long arrivedBy) throws Exception {
    setCurrentKey(key);
    List<Tuple2<Long, KeyedEvent>> events = waitingEvents();
    int gone = 0;
    while (gone < events.size()) {
      Tuple2<Long, KeyedEvent> next = events.get(gone);
      boolean known = mayGo(next.f1);
      if (!known && gone >= atLeast && next.f0 > arrivedBy) {
        break;
      }
      if (!known && next.f0 <= arrivedBy) {
        joinMetrics.waitedInVain();
      }
      emit(next.f1);
      gone++;
    }
    if (gone > 0) {
      List<Tuple2<Long, KeyedEvent>> left = events.subList(gone, events.size());
      waiting.update(left);
      keys.put(key, left.size(), left.isEmpty() ? 0 : left.get(0).f1.time());
    }
  }

  private void emit(KeyedEvent event) {
    KeyedEvent going = event;
    if (event instanceof Observation observation) {
      Observation joined = values.join(observation);
      if (values.lacks(joined)) {
        joinMetrics.missing();
      }
      newestGone = Math.max(newestGone, event.time());
      going = joined;
    }
    output.collect(record.replace(going, event.time()));
  }

  private void awaitFirst() {
    Deadline first = deadlines.peek();
    if (!timing && first != null) {
      timing = true;
      var unused = processingTimeService.registerTimer(first.time, this::onTimer);
    }
  }

  private void onTimer(long timestamp) throws Exception {
    timing = false;
    long now = processingTimeService.getCurrentProcessingTime();
    for (Deadline first = deadlines.peek();
        first != null && first.time <= now;
        first = deadlines.peek()) {
      deadlines.remove();
      if (keys.count(first.key) > 0) {
        letGo(first.key, 0, first.time - awaitMillis);
      }
    }
    awaitFirst();
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    Long oldest = keys.oldest();
    long needed = oldest == null ? mark.getTimestamp() : Math.min(oldest, mark.getTimestamp());
    if (needed < Watermark.MAX_WATERMARK.getTimestamp() && needed > Long.MIN_VALUE + keepMillis) {
      values.forgetBefore(needed - keepMillis);
    }
    processWatermark(mark);
  }

  @Override
  public void processWatermark2(Watermark mark) {
    // Shared records do not tell how far the observations have come.
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int index) {
    if (index == 0) {
      output.emitWatermarkStatus(status);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    stored.put(VALUES, values.toBytes());
  }

  /** All that is to be known is, or was never sent. */
  @Override
  public void endInput(int inputId) throws Exception {
    if (inputId == 1) {
      for (String key : keys.all()) {
        letGo(key, Integer.MAX_VALUE, Long.MIN_VALUE);
      }
    }
  }
}

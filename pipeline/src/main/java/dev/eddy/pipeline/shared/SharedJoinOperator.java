package dev.eddy.pipeline.shared;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.kafka.client.Patience;
import dev.eddy.pipeline.waiting.StoredNames;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
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

  private final SharedFeatures features;
  private final String topic;
  private final SharedLog log;
  private final long awaitMillis;
  private final long keepMillis;
  private final SharedValues values;
  private final WaitingKeys keys = new WaitingKeys();
  private final SharedMetrics joinMetrics;
  private final StreamRecord<KeyedEvent> record = new StreamRecord<>(null);

  // Flink calls initializeState before anything else.
  @SuppressWarnings("NullAway.Init")
  private StoredNames names;

  @SuppressWarnings("NullAway.Init")
  private WaitingEvents waiting;

  @SuppressWarnings("NullAway.Init")
  private StoredValues stored;

  private long readAt; // by the clock: what was on the topic then is known
  private boolean timing; // whether a timer is running

  /**
   * The join of one subtask.
   *
   * @param topic of the observations, for dead letters
   */
  SharedJoinOperator(
      StreamOperatorParameters<KeyedEvent> parameters,
      SharedFeatures features,
      String topic,
      SharedLog log) {
    super(parameters);
    this.features = features;
    this.topic = topic;
    this.log = log;
    awaitMillis = features.await().toMillis();
    keepMillis = features.keep().toMillis();
    values = new SharedValues(features);
    joinMetrics = new SharedMetrics(getMetricGroup(), values, keys);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    OperatorStateStore store = context.getOperatorStateStore();
    names =
        new StoredNames(store, features.observations(), topic, getMetricGroup().addGroup("eddy"));
    waiting = new WaitingEvents(context.getKeyedStateStore(), keys, names.number());
    stored = new StoredValues(store);
    stored.restore(values);
    readTopic();
  }

  private void readTopic() {
    readAt = processingTimeService.getCurrentProcessingTime();
    try {
      log.readInto(values);
      joinMetrics.read();
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
    List<String> known = new ArrayList<>();
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    for (String key : waiting.stored(backend)) {
      setCurrentKey(key);
      waiting.restore(key);
      WaitingKeys.Waiting found = keys.of(key);
      if (found != null && mayGo(waiting.get(found.first()).f2)) {
        known.add(key);
      }
    }
    if (!known.isEmpty()) { // soon: nothing can be sent on yet
      var unused =
          processingTimeService.registerTimer(readAt, time -> letGo(known, Long.MIN_VALUE));
    }
    awaitFirst();
  }

  @Override
  public void processElement1(StreamRecord<KeyedEvent> element) throws Exception {
    KeyedEvent event = element.getValue();
    int before = keys.count(event.key());
    if (before == 0 && mayGo(event)) {
      emit(event);
      return;
    }
    waiting.add(event, processingTimeService.getCurrentProcessingTime());
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
    long before = values.settled();
    boolean isNew = values.deliver(element.getValue());
    joinMetrics.read();
    if (isNew && values.settled() > before) {
      letGo(keys.upTo(values.settled()), Long.MIN_VALUE);
    }
  }

  private void letGo(List<String> found, long arrivedBy) throws Exception {
    for (String key : found) {
      letGo(key, 0, arrivedBy);
    }
  }

  /**
   * Lets a key's first events go on, up to one that must wait.
   *
   * @param atLeast so many go whatever they wait for
   * @param arrivedBy what came by then has waited long enough
   */
  private void letGo(String key, int atLeast, long arrivedBy) throws Exception {
    WaitingKeys.Waiting before = keys.of(key);
    if (before == null) {
      return;
    }
    setCurrentKey(key);
    long number = before.first();
    long time = 0;
    long arrived = 0;
    for (; number < before.next(); number++) {
      Tuple3<Long, Integer, KeyedEvent> next = waiting.get(number);
      boolean known = mayGo(next.f2);
      boolean waited = next.f0 <= arrivedBy;
      if (!known && !waited && number - before.first() >= atLeast) {
        time = next.f2.time();
        arrived = next.f0;
        break;
      }
      if (!known && waited) {
        joinMetrics.waitedInVain();
      }
      waiting.remove(number);
      goOn(next.f1, next.f2);
    }
    if (number > before.first()) {
      keys.put(new WaitingKeys.Waiting(key, number, before.next(), time, arrived));
    }
  }

  private void goOn(int stored, KeyedEvent event) throws IOException {
    Decoded today = names.today(stored, event);
    if (today instanceof KeyedEvent going) {
      emit(going);
    } else {
      output.collect(StoredNames.LOST, new StreamRecord<>((DeadLetter) today, event.time()));
    }
  }

  private void emit(KeyedEvent event) {
    KeyedEvent going = event;
    if (event instanceof Observation observation) {
      Observation joined = values.join(observation);
      if (values.lacks(joined)) {
        joinMetrics.missing();
      }
      going = joined;
    }
    output.collect(record.replace(going, event.time()));
  }

  /** One timer, for the key whose first event came first. */
  private void awaitFirst() {
    Long first = keys.firstArrival();
    if (!timing && first != null) {
      timing = true;
      var unused = processingTimeService.registerTimer(first + awaitMillis, this::onTimer);
    }
  }

  private void onTimer(long timestamp) throws Exception {
    timing = false;
    long arrivedBy = processingTimeService.getCurrentProcessingTime() - awaitMillis;
    letGo(keys.arrivedBy(arrivedBy), arrivedBy);
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
    stored.save(values);
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

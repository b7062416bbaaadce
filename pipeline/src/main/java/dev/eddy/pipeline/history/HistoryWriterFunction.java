package dev.eddy.pipeline.history;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.pipeline.shared.KafkaSharedLog;
import dev.eddy.pipeline.shared.SharedValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Writes an input that Flink has sorted by key, and by time or offset, into one history file.
 * Events of a key at the same time are put into the order of their partition and offset, in which
 * the streaming job works on them.
 */
final class HistoryWriterFunction extends KeyedProcessFunction<String, KeyedEvent, Void> {
  static final String OBSERVATIONS = "observations";
  static final String OLDEST = "oldest";
  static final String NEWEST = "newest";

  private static final long serialVersionUID = 1;
  private static final Comparator<KeyedEvent> ORDER =
      Comparator.comparingInt(KeyedEvent::partition).thenComparingLong(KeyedEvent::offset);

  private final List<String> numeric;
  private final List<String> categorical;
  private final String folder;
  private final HistoryOrder order;
  private final long orderWithinMillis; // of events in order of arrival
  private final LongCounter observations = new LongCounter();
  private final LongMinimum oldest = new LongMinimum();
  private final LongMaximum newest = new LongMaximum();
  private transient List<KeyedEvent> sameTime = new ArrayList<>();
  private transient @Nullable HistoryWriter writer;
  private transient @Nullable String key;
  private transient EventOrder byTime = new EventOrder(0, this::write);
  private transient boolean started; // whether the key has an observation
  private final @Nullable KafkaSharedLog sharedLog; // null where nothing is shared
  private transient @Nullable SharedValues shared;

  /**
   * Writes.
   *
   * @param orderWithin how late events may be that are put in order, where they are sorted by
   *     arrival
   * @param sharedLog of values that hold for all keys; null where there are none
   */
  HistoryWriterFunction(
      FeatureSchema schema,
      String folder,
      HistoryOrder order,
      Duration orderWithin,
      @Nullable KafkaSharedLog sharedLog) {
    this.sharedLog = sharedLog;
    this.numeric = new ArrayList<>(schema.numeric());
    this.categorical = new ArrayList<>(schema.categorical());
    this.folder = folder;
    this.order = order;
    this.orderWithinMillis = order == HistoryOrder.ARRIVAL ? orderWithin.toMillis() : 0;
  }

  @Override
  public void open(OpenContext context) throws IOException {
    sameTime = new ArrayList<>();
    byTime = new EventOrder(orderWithinMillis, this::write);
    if (sharedLog != null) {
      SharedValues values = new SharedValues(sharedLog.features());
      sharedLog.readInto(values);
      shared = values;
    }
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    writer =
        new HistoryWriter(
            Path.of(folder, "history-" + subtask), new FeatureSchema(numeric, categorical), order);
    getRuntimeContext().addAccumulator(OBSERVATIONS, observations);
    getRuntimeContext().addAccumulator(OLDEST, oldest);
    getRuntimeContext().addAccumulator(NEWEST, newest);
  }

  @Override
  public void processElement(KeyedEvent event, Context context, Collector<Void> out)
      throws IOException {
    boolean sameKey = event.key().equals(key);
    if (!sameKey || place(sameTime.get(0)) != place(event)) {
      writeSameTime();
    }
    if (!sameKey) {
      byTime.end();
      key = event.key();
      started = false;
    }
    sameTime.add(event);
  }

  /** What Flink has sorted by. */
  private long place(KeyedEvent event) {
    return order == HistoryOrder.EVENT_TIME ? event.time() : event.offset();
  }

  private void writeSameTime() throws IOException {
    sameTime.sort(ORDER);
    for (KeyedEvent each : sameTime) {
      byTime.add(each);
    }
    sameTime.clear();
  }

  private void write(KeyedEvent event) throws IOException {
    if (event instanceof Observation observation) {
      write(observation);
    } else if (started) { // before a key's first observation it is a dead letter
      opened().append(HistoryEvents.raw((FutureUpdate) event));
    }
  }

  private void write(Observation alone) throws IOException {
    Observation observation = shared == null ? alone : shared.join(alone);
    if (!started) {
      opened().startKey(observation.key());
      started = true;
    }
    opened().append(HistoryEvents.raw(observation), observation.label(), observation.recordTime());
    observations.add(1L);
    oldest.add(observation.time());
    newest.add(observation.time());
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writeSameTime();
      byTime.end();
      writer.close();
    }
  }

  private HistoryWriter opened() {
    if (writer == null) {
      throw new IllegalStateException("not opened");
    }
    return writer;
  }
}

package dev.eddy.connectors.kafka.transaction;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;

/**
 * The connector's writer, which prepares a commit only while its run owns the prefix, and whose end
 * is bounded in time and never throws.
 */
final class GuardedWriter<T>
    implements StatefulSinkWriter<T, KafkaWriterState>, CommittingSinkWriter<T, KafkaCommittable> {
  private static final Duration CLOSE = Duration.ofSeconds(15);

  private final String name;
  private final PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> writer;
  private final Guard guard;

  GuardedWriter(
      String name,
      PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> writer,
      Guard guard) {
    this.name = name;
    this.writer = writer;
    this.guard = guard;
  }

  @Override
  public void write(T element, Context context) throws IOException, InterruptedException {
    writer.write(element, context);
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    writer.flush(endOfInput);
  }

  /** Everything was flushed before: see {@link Guard}. */
  @Override
  public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
    guard.hold();
    return writer.prepareCommit();
  }

  @Override
  public List<KafkaWriterState> snapshotState(long checkpoint) throws IOException {
    return writer.snapshotState(checkpoint);
  }

  @Override
  public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
    writer.writeWatermark(watermark);
  }

  @Override
  public void close() {
    BoundedClose.within(CLOSE, name, writer);
    BoundedClose.within(CLOSE, name + " owner", guard);
  }
}

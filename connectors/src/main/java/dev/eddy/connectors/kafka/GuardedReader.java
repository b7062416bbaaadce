package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Decoded;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

/** The reader of a {@link GuardedSource}: reads as Kafka's does, and watches its places. */
final class GuardedReader implements SourceReader<Decoded, KafkaPartitionSplit> {
  private final SourceReader<Decoded, KafkaPartitionSplit> reader;
  private final RetentionWatch watch;

  GuardedReader(SourceReader<Decoded, KafkaPartitionSplit> reader, RetentionWatch watch) {
    this.reader = reader;
    this.watch = watch;
  }

  @Override
  public void start() {
    reader.start();
    watch.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Decoded> output) throws Exception {
    try {
      return reader.pollNext(output);
    } catch (RuntimeException e) {
      var lost = ExceptionUtils.findThrowable(e, OffsetOutOfRangeException.class);
      if (lost.isPresent()) { // at the same place the next attempt would fail alike
        throw new SuppressRestartsException(
            watch.mistake(lost.get().offsetOutOfRangePartitions(), e));
      }
      throw e;
    }
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    List<KafkaPartitionSplit> splits = reader.snapshotState(checkpointId);
    watch.reads(splits);
    return splits;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    reader.addSplits(splits);
    watch.reads(splits);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws Exception {
    IOUtils.closeAll(watch, reader); // each, even where the other fails
  }
}

package dev.eddy.pipeline.stream;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells from a checkpoint how far its job had read a topic, before a job resumes from it: of one
 * that is not the newest any more, because its job went on elsewhere, nothing else tells.
 */
public final class CheckpointedOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointedOffsets.class);

  /** As Flink's operator of sources calls the splits of its readers. */
  private static final String SPLITS = "SourceReaderState";

  private static final int LARGEST_SPLIT = 1 << 20; // bytes
  private static final String METADATA = "_metadata";

  private CheckpointedOffsets() {}

  /**
   * The offset of the next record of each partition that had been read; nothing where what Flink
   * wrote cannot be told, as when it is compressed.
   *
   * @param checkpoint of any file system of Flink's, whole
   */
  public static Map<TopicPartition, Long> of(String checkpoint, String topic) throws IOException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Path said = new Path(checkpoint);
    Path file = said.getName().equals(METADATA) ? said : new Path(said, METADATA);
    ClassLoader loader = CheckpointedOffsets.class.getClassLoader();
    try (DataInputStream in = new DataInputStream(file.getFileSystem().open(file))) {
      CheckpointMetadata metadata = Checkpoints.loadCheckpointMetadata(in, loader, checkpoint);
      for (OperatorState operator : metadata.getOperatorStates()) {
        for (OperatorSubtaskState subtask : operator.getStates()) {
          for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
            tryToRead(handle, topic, offsets);
          }
        }
      }
    }
    return offsets;
  }

  /** Flink may have compressed it, and alone knows how: then its length is none. */
  private static byte[] split(DataInputViewStreamWrapper in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LARGEST_SPLIT) {
      throw new IOException("a split of " + length + " bytes (compressed by Flink?)");
    }
    byte[] split = new byte[length];
    in.readFully(split);
    return split;
  }

  private static void tryToRead(
      OperatorStateHandle handle, String topic, Map<TopicPartition, Long> offsets) {
    try {
      read(handle, topic, offsets);
    } catch (IOException | RuntimeException e) {
      LOG.warn("it is not known how far the checkpoint's job had read {}", topic, e);
    }
  }

  private static void read(
      OperatorStateHandle handle, String topic, Map<TopicPartition, Long> offsets)
      throws IOException {
    OperatorStateHandle.StateMetaInfo splits = handle.getStateNameToPartitionOffsets().get(SPLITS);
    if (splits == null) {
      return;
    }
    try (FSDataInputStream in = handle.openInputStream()) {
      for (long place : splits.getOffsets()) {
        in.seek(place);
        byte[] written = split(new DataInputViewStreamWrapper(in));
        KafkaPartitionSplit split =
            SimpleVersionedSerialization.readVersionAndDeSerialize(
                new KafkaPartitionSplitSerializer(), written);
        if (split.getTopic().equals(topic) && split.getStartingOffset() >= 0) {
          offsets.put(split.getTopicPartition(), split.getStartingOffset());
        }
      }
    }
  }
}

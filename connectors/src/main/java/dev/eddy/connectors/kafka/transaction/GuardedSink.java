package dev.eddy.connectors.kafka.transaction;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.internal.CheckpointTransaction;
import org.apache.flink.connector.kafka.sink.internal.TransactionOwnership;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.jspecify.annotations.Nullable;

/**
 * The connector's sink with guards around it: one run at a time writes, a start leaves no
 * transaction open that holds readers up, a commit that comes too late is never passed over, and
 * the end of a writer ends no task manager. Its state is the connector's.
 */
public final class GuardedSink<T>
    implements Sink<T>,
        SupportsWriterState<T, KafkaWriterState>,
        SupportsCommitter<KafkaCommittable>,
        SupportsPostCommitTopology<KafkaCommittable>,
        LineageVertexProvider {
  private static final long serialVersionUID = 1;

  private final String name;
  private final KafkaSink<T> sink;
  private final @Nullable Transactions transactions;

  /**
   * Guards a sink.
   *
   * @param name as logs and messages call it
   * @param transactions how it writes them; none without exactly-once delivery
   */
  public GuardedSink(String name, KafkaSink<T> sink, @Nullable Transactions transactions) {
    this.name = name;
    this.sink = sink;
    this.transactions = transactions;
  }

  @Override
  public StatefulSinkWriter<T, KafkaWriterState> createWriter(WriterInitContext context)
      throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<T, KafkaWriterState> restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> states) {
    if (transactions == null) {
      return new GuardedWriter<>(name, sink.restoreWriter(context, states), Guard.none());
    }
    Guard guard = transactions.guard();
    try {
      guard.hold();
      fence(transactions, guard, context.getTaskInfo(), states);
      return new GuardedWriter<>(name, OpeningWriter.open(sink, context, states), guard);
    } catch (RuntimeException e) {
      guard.close();
      throw e;
    }
  }

  /** As the connector shares ids among subtasks, so that each is looked after by one. */
  private static void fence(
      Transactions transactions, Guard guard, TaskInfo task, Collection<KafkaWriterState> states) {
    int subtask = task.getIndexOfThisSubtask();
    int parallelism = task.getNumberOfParallelSubtasks();
    TransactionOwnership ownership = TransactionOwnership.EXPLICIT_BY_WRITER_STATE;
    int[] owned = ownership.getOwnedSubtaskIds(subtask, parallelism, states);
    int total = ownership.getTotalNumberOfOwnedSubtasks(subtask, parallelism, states);
    IntPredicate looksAfter = id -> Arrays.stream(owned).anyMatch(each -> each == id % total);
    Set<String> prefixes = new TreeSet<>(Set.of(transactions.prefix()));
    states.forEach(state -> prefixes.add(state.getTransactionalIdPrefix()));
    Set<String> kept =
        states.stream()
            .flatMap(state -> state.getPrecommittedTransactionalIds().stream())
            .map(CheckpointTransaction::getTransactionalId)
            .collect(Collectors.toSet());
    try (PrefixTransactions known = new PrefixTransactions(transactions.admin())) {
      List<String> left = known.left(prefixes, looksAfter, kept);
      takeOver(left, known, transactions, guard, task.getAttemptNumber() > 0);
    }
  }

  /** Fences ids of earlier runs; a run that was slow to come so far would fence a newer one's. */
  static void takeOver(
      List<String> left,
      PrefixTransactions known,
      Transactions transactions,
      Guard guard,
      boolean again) {
    new LostTransactions(known, transactions.prefix())
        .remember(left, transactions.claim().generation(), again);
    guard.hold();
    known.fence(left);
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
    Committer<KafkaCommittable> committer = sink.createCommitter(context);
    return transactions == null
        ? committer
        : new GuardedCommitter(
            name, committer, transactions, context.getRestoredCheckpointId().orElse(0));
  }

  @Override
  public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
    return sink.getCommittableSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return sink.getWriterStateSerializer();
  }

  @Override
  public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committed) {
    sink.addPostCommitTopology(committed);
  }

  @Override
  public LineageVertex getLineageVertex() {
    return sink.getLineageVertex();
  }
}

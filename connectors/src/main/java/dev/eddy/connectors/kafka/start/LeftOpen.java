package dev.eddy.connectors.kafka.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.kafka.client.OpenTransactions;
import dev.eddy.connectors.kafka.client.Reachable;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;

/**
 * Looks whether what a deployment wrote for observations before its committed offsets is still
 * open: a run that ends between the commit of its source's offsets and that of its sinks leaves it
 * so. Its checkpoint commits it; a start without state would abort it and leave it out.
 */
final class LeftOpen {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Progress progress;
  private final Map<TopicPartition, Long> committed;

  /**
   * What a deployment left.
   *
   * @param committed the offsets behind which it is to go on
   */
  LeftOpen(Progress progress, Map<TopicPartition, Long> committed) {
    this.progress = progress;
    this.committed = committed;
  }

  /**
   * Requires that there is nothing.
   *
   * @throws UserMistake that names the transactions and says what to do
   */
  void requireNone() {
    Map<String, Set<TopicPartition>> open =
        OpenTransactions.of(
            progress.client(), TransactionalIds.prefix(progress.writer().deployment()));
    Set<TopicPartition> written =
        open.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    long missing = written.isEmpty() ? 0 : missing(written);
    if (missing > 0) {
      throw new UserMistake(
          "--from committed: open transactions "
              + open.keySet()
              + " hold what was written for "
              + missing
              + " observations before the committed offsets (must be committed, by a start from the"
              + " newest checkpoint, --from-savepoint PATH; where that is lost, start so again once"
              + " the broker has aborted them, within kafka.transaction.timeout.ms: these have no"
              + " prediction then)");
    }
  }

  /** Counts them: from the first open record on, committed ones are among what is read, too. */
  private long missing(Set<TopicPartition> written) {
    Map<TopicPartition, Long> stable;
    try (var consumer = consumer("read_committed")) {
      stable = consumer.endOffsets(written);
    }
    try (var consumer = consumer("read_uncommitted")) {
      consumer.assign(written);
      stable.forEach(consumer::seek);
      return read(consumer, consumer.endOffsets(written));
    }
  }

  private Consumer<byte[], byte[]> consumer(String isolation) {
    Map<String, String> client = new HashMap<>(progress.client());
    client.put("isolation.level", isolation);
    return Reachable.consumer(client);
  }

  private long read(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    long missing = 0;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new UserMistake(
            "--from committed: "
                + ends.keySet()
                + ": silent (must be read, to see what is left open there)",
            new TimeoutException("silent")); // it may go on: see Patience
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        missing += isBefore(record) ? 1 : 0;
      }
    }
    return missing;
  }

  private boolean isBefore(ConsumerRecord<byte[], byte[]> record) {
    return (record.topic().equals(progress.predictions()) ? prediction(record) : letter(record))
        .filter(of -> of.offset() < committed.getOrDefault(of.partition(), 0L))
        .isPresent();
  }

  /** Where an observation lies. */
  private record Place(TopicPartition partition, long offset) {}

  private Optional<Place> prediction(ConsumerRecord<byte[], byte[]> record) {
    try {
      PredictionWriter writer = LastPredictions.writer(record);
      return writer != null && writer.deployment().equals(progress.writer().deployment())
          ? Optional.of(place(record))
          : Optional.empty();
    } catch (RuntimeException ofSomebodyElse) {
      return Optional.empty();
    }
  }

  /** Of a prediction of ours; one that does not say counts as of what was committed. */
  private Place place(ConsumerRecord<byte[], byte[]> record) {
    try {
      JsonNode value = JSON.readTree(record.value());
      int partition = value.path("partition").asInt(-1);
      return new Place(
          new TopicPartition(progress.observations(), partition),
          value.path("offset").asLong(Long.MAX_VALUE));
    } catch (IOException inAvro) {
      return new Place(new TopicPartition(progress.observations(), -1), -1);
    }
  }

  private static Optional<Place> letter(ConsumerRecord<byte[], byte[]> record) {
    Optional<String> topic = header(record, "topic");
    try {
      int partition = Integer.parseInt(header(record, "partition").orElse(""));
      long offset = Long.parseLong(header(record, "offset").orElse(""));
      return topic.map(name -> new Place(new TopicPartition(name, partition), offset));
    } catch (NumberFormatException ofSomebodyElse) {
      return Optional.empty();
    }
  }

  private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}

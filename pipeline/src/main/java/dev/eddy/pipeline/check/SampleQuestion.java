package dev.eddy.pipeline.check;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.kafka.client.RecordDecoder;
import dev.eddy.connectors.kafka.client.TopicTail;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import dev.eddy.pipeline.deployment.Deployment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Are the newest observations such as the job reads them: each key in one partition, and decodable?
 *
 * @param deployment whose observations they are
 * @param ofEachPartition how many records are looked at
 */
record SampleQuestion(Deployment deployment, int ofEachPartition) implements Question {
  private static final int USUAL = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int IN_A_SECOND = 10_000;
  private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

  SampleQuestion(Deployment deployment) {
    this(deployment, USUAL);
  }

  @Override
  public void ask(Findings findings) {
    List<ConsumerRecord<byte[], byte[]>> records =
        TopicTail.of(
            deployment.kafka(),
            deployment.topics().observations(),
            ofEachPartition,
            PATIENCE.plusSeconds(ofEachPartition / IN_A_SECOND));
    if (records.isEmpty()) {
      findings.note(place() + ": no observations yet");
      return;
    }
    decode(records, findings);
    clock(records, findings);
    findings.ask(new FieldsQuestion(deployment, records));
  }

  private void decode(List<ConsumerRecord<byte[], byte[]>> records, Findings findings) {
    ObservationJsonReader reader =
        RecordFormats.reader(
            deployment.observationSchema().within(PATIENCE), deployment.input().maxAhead());
    Map<String, ConsumerRecord<?, ?>> firstOfKey = new HashMap<>();
    Optional<DeadLetter> letter = Optional.empty();
    int letters = 0;
    boolean apart = true;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Decoded decoded = RecordDecoder.decode(reader, record);
      if (decoded instanceof DeadLetter dead) {
        letters++;
        letter = letter.or(() -> Optional.of(dead));
      } else if (apart && decoded instanceof KeyedEvent event) {
        ConsumerRecord<?, ?> first = firstOfKey.putIfAbsent(event.key(), record);
        if (first != null && first.partition() != record.partition()) {
          findings.wrong(twoPartitions(event.key(), first, record));
          apart = false; // the others are alike
        }
      }
    }
    tell(records.size(), letters, letter, findings);
    unkeyed(records, findings);
    if (apart && letters < records.size()) {
      findings.fine(
          "observations: "
              + firstOfKey.size()
              + " keys among the newest "
              + records.size()
              + " records, each in one partition");
    }
  }

  private String twoPartitions(String key, ConsumerRecord<?, ?> one, ConsumerRecord<?, ?> other) {
    return place()
        + ": key "
        + key
        + " in partition "
        + one.partition()
        + " at offset "
        + one.offset()
        + " and in partition "
        + other.partition()
        + " at offset "
        + other.offset()
        + " (must be in one: only there are a key's observations in order; give records the series"
        + " key as Kafka key)";
  }

  private void tell(int records, int letters, Optional<DeadLetter> first, Findings findings) {
    first.ifPresent(
        letter -> {
          String line = place() + ": " + letter.firstOf(letters, records);
          if (letters == records) {
            findings.wrong(line);
          } else {
            findings.note(line);
          }
        });
  }

  /**
   * Their key is in their value; whoever sends them must choose the partition by it all the same.
   */
  private void unkeyed(List<ConsumerRecord<byte[], byte[]>> records, Findings findings) {
    long unkeyed =
        records.stream().filter(each -> each.key() == null || each.key().length == 0).count();
    long partitions = records.stream().mapToInt(ConsumerRecord::partition).distinct().count();
    if (unkeyed > 0 && partitions > 1) {
      findings.note(
          place()
              + ": "
              + unkeyed
              + " of the newest "
              + records.size()
              + " records have no Kafka key (without one producers spread a key over partitions,"
              + " where its order is lost)");
    }
  }

  /** Producers' clocks and this one are compared; a broker tells its own to nobody. */
  private void clock(List<ConsumerRecord<byte[], byte[]>> records, Findings findings) {
    long newest = records.stream().mapToLong(ConsumerRecord::timestamp).max().orElse(0);
    long ahead = newest - System.currentTimeMillis();
    if (ahead > CLOCKS_APART.toMillis()) {
      findings.note(
          place()
              + ": Kafka timestamps up to "
              + Duration.ofMillis(ahead).toSeconds()
              + " s ahead of this machine's clock (one of the clocks is wrong)");
    }
  }

  private String place() {
    return "topics.observations: " + deployment.topics().observations();
  }
}

package dev.eddy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.kafka.start.PredictionWriter;
import dev.eddy.connectors.kafka.start.Progress;
import dev.eddy.connectors.kafka.start.Start;
import dev.eddy.connectors.kafka.start.StartingOffsets;
import dev.eddy.settings.UserMistake;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Where a deployment begins without state, by what it left in Kafka. */
class StartingOffsetsTest extends FlinkJobs {
  private static final long EARLIEST = KafkaPartitionSplit.EARLIEST_OFFSET;
  private static final PredictionWriter OURS = new PredictionWriter("weather", "");

  private String observations;
  private String predictions;
  private String letters;
  private List<TopicPartition> partitions;

  @BeforeEach
  void topics(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    observations = name + "-o";
    predictions = name + "-p";
    topics.create(observations, 2);
    topics.create(predictions, 2);
    letters = name + "-d";
    topics.create(letters, 2);
    partitions = List.of(new TopicPartition(observations, 0), new TopicPartition(observations, 1));
  }

  @Test
  void where_nothing_was_done_a_first_start_begins_at_the_beginning() {
    write("other's", Optional.of(new PredictionWriter("weather-2", "")), true);
    write("aborted", Optional.of(OURS), false);
    write("{\"model\":\"weather-2@7\"}", Optional.empty(), true);
    write("no prediction at all", Optional.empty(), true);

    assertThat(offsets(Start.FIRST, OURS)).containsOnlyKeys(partitions).containsValue(EARLIEST);
  }

  @Test
  void committed_offsets_refuse_a_first_start_for_good_and_say_the_ways_out() throws Exception {
    commit(1, 7);

    assertThatThrownBy(() -> offsets(Start.FIRST, OURS))
        .isInstanceOf(SuppressRestartsException.class)
        .hasCauseInstanceOf(UserMistake.class)
        .cause()
        .hasMessageStartingWith(
            "deployment weather: its consumer group has come to {" + observations + "-1=7}; ")
        .hasMessageContainingAll("flink run -s PATH", "--from committed", "--fresh");
    assertThat(offsets(Start.FRESH, OURS)).containsValue(EARLIEST);
    assertThat(offsets(Start.COMMITTED, OURS))
        .containsEntry(partitions.get(0), EARLIEST)
        .containsEntry(partitions.get(1), 7L);
  }

  @Test
  void predictions_refuse_a_first_start_whose_offsets_have_expired() {
    write("{}", Optional.of(OURS), true);
    for (int aborted = 0; aborted < 600; aborted += 200) { // further back than one look
      write(aborted, 200);
    }

    assertThatThrownBy(() -> offsets(Start.FIRST, OURS))
        .hasRootCauseMessage(
            "deployment weather: it has predictions on "
                + predictions
                + "; there is no state to resume from (must be started "
                + "from a savepoint or checkpoint (flink run -s PATH, savepointPath, run"
                + " --from-savepoint PATH); with --from committed, which goes on behind these"
                + " offsets with cold keys; or with --fresh, which predicts everything once more)");
    assertThatThrownBy(() -> offsets(Start.COMMITTED, OURS))
        .hasRootCauseMessage(
            "--from committed: consumer group weather has committed nothing on "
                + observations
                + " (must be started without, or with --fresh)");
  }

  @Test
  void predictions_from_before_there_was_a_header_count_by_their_models_name() {
    write("{\"key\":\"a\",\"model\":\"weather@7\"}", Optional.empty(), true);

    assertThatThrownBy(() -> offsets(Start.FIRST, OURS)).hasRootCauseInstanceOf(UserMistake.class);
  }

  @Test
  void a_start_does_not_take_its_own_predictions_for_those_of_an_earlier_one() {
    PredictionWriter first = new PredictionWriter("weather", "first");
    write("{}", Optional.of(first), true);

    assertThat(offsets(Start.FIRST, first)).containsValue(EARLIEST);
    assertThatThrownBy(() -> offsets(Start.FIRST, new PredictionWriter("weather", "second")))
        .hasRootCauseInstanceOf(UserMistake.class);
  }

  /** As a run leaves them that ends between the commits of its source and of its sinks. */
  @Test
  void what_is_open_of_before_the_committed_offsets_would_be_left_out() throws Exception {
    commit(1, 7);
    write("{\"partition\":1,\"offset\":4}", Optional.of(OURS), true);
    String id = "eddy/weather/predictions-0-1";
    try (var killed = producer(id)) {
      begin(killed, "{\"partition\":1,\"offset\":7}"); // would be predicted once more
      assertThat(offsets(Start.COMMITTED, OURS)).containsEntry(partitions.get(1), 7L);
      send(killed, "{\"partition\":1,\"offset\":6}");

      assertThatThrownBy(() -> offsets(Start.COMMITTED, OURS))
          .isInstanceOf(SuppressRestartsException.class)
          .cause()
          .isInstanceOf(UserMistake.class)
          .hasMessageStartingWith(
              "--from committed: open transactions ["
                  + id
                  + "] hold what was written for 1 observations before the committed offsets (must"
                  + " be committed, by a start from the newest checkpoint, --from-savepoint PATH;")
          .hasMessageNotContaining("\n");
      killed.commitTransaction();
    }
    assertThat(offsets(Start.COMMITTED, OURS)).containsEntry(partitions.get(1), 7L);
  }

  @Test
  void an_open_dead_letter_of_before_them_counts_and_what_others_write_does_not() throws Exception {
    commit(1, 7);
    try (var other = producer("eddy/weather-2/predictions-0-1");
        var ours = producer("eddy/weather/dead-letters-0-1")) {
      begin(other, "{\"partition\":1,\"offset\":6}");
      assertThat(offsets(Start.COMMITTED, OURS)).containsEntry(partitions.get(1), 7L);
      ours.initTransactions();
      ours.beginTransaction();
      var letter = new ProducerRecord<>(letters, utf8("k"), utf8("bad"));
      letter.headers().add("topic", utf8(observations));
      letter.headers().add("partition", utf8("1")).add("offset", utf8("3"));
      ours.send(letter).get();

      assertThatThrownBy(() -> offsets(Start.COMMITTED, OURS))
          .hasRootCauseInstanceOf(UserMistake.class)
          .rootCause()
          .hasMessageContaining("eddy/weather/dead-letters-0-1");
      ours.abortTransaction();
      other.abortTransaction();
    }
  }

  @Test
  void a_broker_that_is_away_ends_nothing_for_good() {
    Map<String, String> nobody = Map.of("bootstrap.servers", "localhost:1");
    Progress progress = new Progress(nobody, OURS, observations, predictions);
    StartingOffsets starting = new StartingOffsets(Start.COMMITTED, progress);
    assertThatThrownBy(() -> starting.getPartitionOffsets(partitions, new Unasked()))
        .isInstanceOf(UserMistake.class);
  }

  private static KafkaProducer<byte[], byte[]> producer(String id) {
    var bytes = new ByteArraySerializer();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", id);
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  /** Writes in a transaction that stays open. */
  private void begin(KafkaProducer<byte[], byte[]> producer, String value) throws Exception {
    producer.initTransactions();
    producer.beginTransaction();
    send(producer, value);
  }

  private void send(KafkaProducer<byte[], byte[]> producer, String value) throws Exception {
    List<Header> headers = List.of(OURS.header());
    producer.send(new ProducerRecord<>(predictions, 0, utf8("k"), utf8(value), headers)).get();
  }

  private Map<TopicPartition, Long> offsets(Start start, PredictionWriter writer) {
    Progress progress = new Progress(kafka.client(), writer, observations, predictions);
    return new StartingOffsets(start, progress).getPartitionOffsets(partitions, new Unasked());
  }

  private void commit(int partition, long offset) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka.client()))) {
      admin
          .alterConsumerGroupOffsets(
              "weather", Map.of(partitions.get(partition), new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }

  private void write(int from, int aborted) {
    Map<String, Object> settings = settings();
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = from; i < from + aborted; i++) {
        producer.send(new ProducerRecord<>(predictions, 0, utf8("k"), utf8("aborted")));
      }
      producer.flush();
      producer.abortTransaction();
    }
  }

  private void write(String value, Optional<PredictionWriter> writer, boolean commits) {
    List<Header> headers = writer.map(PredictionWriter::header).map(List::of).orElse(List.of());
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings(), bytes, bytes)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(predictions, 0, utf8("k"), utf8(value), headers));
      producer.flush();
      if (commits) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private Map<String, Object> settings() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", predictions);
  }

  /** Committed offsets are asked for beyond this, so that the command line asks alike. */
  private static final class Unasked implements PartitionOffsetsRetriever {
    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> asked) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> asked) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> asked) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> timestampsToSearch) {
      throw new AssertionError("not asked for");
    }
  }
}

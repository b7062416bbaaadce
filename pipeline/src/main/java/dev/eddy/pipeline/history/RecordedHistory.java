package dev.eddy.pipeline.history;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.kafka.EventTime;
import dev.eddy.connectors.kafka.ObservationSource;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * A history in files, key after key: what is on the observations topic, read by a Flink batch job,
 * or what {@link FileHistory} has read.
 *
 * @param source where it comes from, in words
 * @param files those that hold it, each key in one of them
 * @param observations how many they hold
 * @param deadLetters records that are no observation, nor bring future values in time, or lie ahead
 *     of {@code input.max-ahead}; rows of files that do not parse
 * @param oldest the first event time, epoch milliseconds
 * @param newest the last event time, epoch milliseconds
 */
public record RecordedHistory(
    String source,
    List<Path> files,
    long observations,
    long deadLetters,
    long oldest,
    long newest) {

  private static final String DEAD_LETTERS = "dead-letters";

  /**
   * Reads the observations topic, and leaves out the future updates that the stream refuses: those
   * that are older than what their key had observed before them. Sorted by event time, they would
   * tell of the future earlier than it was known. Flink's batch mode sorts a keyed input and spills
   * to disk, so the history may exceed memory; it runs on a cluster in this process, because the
   * files are read here afterwards.
   *
   * @param environment of a cluster in this process; used for this job alone
   * @param folder for the history files; created, must be empty
   * @param order of each key's observations
   * @throws UserMistake when there is nothing on the topic
   */
  public static RecordedHistory run(
      StreamExecutionEnvironment environment,
      Deployment deployment,
      Path folder,
      HistoryOrder order)
      throws Exception {
    Files.createDirectories(folder);
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    DataStream<Decoded> decoded =
        environment
            .fromSource(
                ObservationSource.builder()
                    .client(deployment.kafka())
                    .topic(deployment.topics().observations())
                    .schema(deployment.input().observationSchema())
                    .maxAhead(deployment.input().maxAhead())
                    .bounded()
                    .build(),
                sortedBy(order),
                "observations",
                EventTypes.DECODED)
            .uid("observations");
    decoded
        .flatMap(new OnlyEvents(deployment.input().future().isPresent()))
        .returns(EventTypes.KEYED_EVENT)
        .name("only events")
        .keyBy(KeyedEvent::key, Types.STRING)
        .process(
            new HistoryWriterFunction(deployment.input().featureSchema(), folder.toString(), order))
        .returns(Types.VOID)
        .name("history files")
        .sinkTo(new DiscardingSink<>())
        .name("end");
    JobExecutionResult result = environment.execute(deployment.name() + ": read history");
    return of(result, deployment, folder);
  }

  /** In batch mode Flink sorts each key's observations by their timestamps. */
  private static WatermarkStrategy<Decoded> sortedBy(HistoryOrder order) {
    return order == HistoryOrder.EVENT_TIME
        ? EventTime.observations(Duration.ZERO, Duration.ZERO)
        : EventTime.<Decoded>unbound()
            .withTimestampAssigner(
                (decoded, kafkaTimestamp) ->
                    decoded instanceof KeyedEvent event ? event.offset() : Long.MIN_VALUE);
  }

  private static RecordedHistory of(JobExecutionResult result, Deployment deployment, Path folder)
      throws IOException {
    Long observations = result.getAccumulatorResult(HistoryWriterFunction.OBSERVATIONS);
    Long deadLetters = result.getAccumulatorResult(DEAD_LETTERS);
    if (observations == null || observations == 0) {
      throw new UserMistake(
          "topic "
              + deployment.topics().observations()
              + ": no observations, "
              + (deadLetters == null ? 0 : deadLetters)
              + " records that are none (must hold the history to learn from)");
    }
    Long oldest = result.getAccumulatorResult(HistoryWriterFunction.OLDEST);
    Long newest = result.getAccumulatorResult(HistoryWriterFunction.NEWEST);
    try (Stream<Path> files = Files.list(folder)) {
      return new RecordedHistory(
          "topic " + deployment.topics().observations(),
          files.sorted().toList(),
          observations,
          deadLetters == null ? 0 : deadLetters,
          oldest,
          newest);
    }
  }

  /**
   * Drops dead letters: the streaming job is the one that passes them on. It reads each partition
   * in order, so it knows a key's newest observation before any future update, as the stream does.
   */
  private static final class OnlyEvents extends RichFlatMapFunction<Decoded, KeyedEvent> {
    private static final long serialVersionUID = 1;
    private final boolean hasFutureUpdates;
    private final LongCounter deadLetters = new LongCounter();
    private final Map<String, Long> newest =
        new HashMap<>(); // event times by key; with future updates

    OnlyEvents(boolean hasFutureUpdates) {
      this.hasFutureUpdates = hasFutureUpdates;
    }

    @Override
    public void open(OpenContext context) {
      getRuntimeContext().addAccumulator(DEAD_LETTERS, deadLetters);
    }

    @Override
    public void flatMap(Decoded decoded, Collector<KeyedEvent> out) {
      if (decoded instanceof KeyedEvent event && admits(event)) {
        out.collect(event);
      } else {
        deadLetters.add(1L);
      }
    }

    private boolean admits(KeyedEvent event) {
      if (event instanceof FutureUpdate) {
        return event.time() >= newest.getOrDefault(event.key(), Long.MAX_VALUE);
      }
      if (hasFutureUpdates) {
        newest.merge(event.key(), event.time(), Math::max);
      }
      return true;
    }
  }
}

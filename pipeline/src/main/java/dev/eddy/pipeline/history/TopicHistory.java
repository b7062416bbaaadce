package dev.eddy.pipeline.history;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.file.RefusedRows;
import dev.eddy.connectors.kafka.EventTime;
import dev.eddy.connectors.kafka.ObservationSource;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.shared.KafkaSharedLog;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Reads a deployment's observations topic into history files, with a Flink batch job: it sorts a
 * keyed input and spills to disk, so the history may exceed memory.
 */
public final class TopicHistory {
  private TopicHistory() {}

  /**
   * Reads the topic to its end, and leaves out the future updates that the stream refuses: those
   * that are older than what their key had observed before them. Sorted by event time, they would
   * tell of the future earlier than it was known.
   *
   * @param environment of a cluster in this process, because the files are read here afterwards;
   *     used for this job alone
   * @param folder for the history files; created, must be empty
   * @param order of each key's observations
   * @throws UserMistake when there is nothing on the topic
   */
  public static RecordedHistory read(
      StreamExecutionEnvironment environment,
      Deployment deployment,
      Path folder,
      HistoryOrder order)
      throws Exception {
    Files.createDirectories(folder);
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    decoded(environment, deployment, order)
        .flatMap(
            new AdmittedEvents(
                deployment.input().future().isPresent(),
                deployment.input().maxAhead(),
                deployment.topics().observations()))
        .returns(EventTypes.KEYED_EVENT)
        .name("only events")
        .keyBy(KeyedEvent::key, Types.STRING)
        .process(
            new HistoryWriterFunction(
                deployment.input().featureSchema(),
                folder.toString(),
                order,
                deployment.input().orderWithin(),
                deployment
                    .sharedFeatures()
                    .map(features -> new KafkaSharedLog(deployment.kafka(), features))
                    .orElse(null)))
        .returns(Types.VOID)
        .name("history files")
        .sinkTo(new DiscardingSink<>())
        .name("end");
    JobExecutionResult result = environment.execute(deployment.name() + ": read history");
    return recorded(result, deployment, folder);
  }

  private static DataStream<Decoded> decoded(
      StreamExecutionEnvironment environment, Deployment deployment, HistoryOrder order) {
    ObservationSource source =
        ObservationSource.builder()
            .client(deployment.kafka())
            .topic(deployment.topics().observations())
            .schema(deployment.observationSchema())
            .maxAhead(deployment.input().maxAhead())
            .bounded();
    return environment
        .fromSource(source.build(), sortedBy(order), "observations", EventTypes.DECODED)
        .uid("observations");
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

  private static RecordedHistory recorded(
      JobExecutionResult result, Deployment deployment, Path folder) throws IOException {
    Long observations = result.getAccumulatorResult(HistoryWriterFunction.OBSERVATIONS);
    TreeMap<String, RefusedRecords.Kind> kinds =
        result.getAccumulatorResult(AdmittedEvents.DEAD_LETTERS);
    RefusedRows refused =
        RefusedRecords.rows(
            kinds == null ? new TreeMap<>() : kinds, deployment.topics().observations());
    if (observations == null || observations == 0) {
      throw new UserMistake(
          "topic "
              + deployment.topics().observations()
              + ": no observations, "
              + refused.total()
              + " records that are none"
              + refused.reasons().stream()
                  .findFirst()
                  .map(each -> ", such as " + each.name() + ", " + each.first())
                  .orElse("")
              + " (must hold the history to learn from)");
    }
    Long oldest = result.getAccumulatorResult(HistoryWriterFunction.OLDEST);
    Long newest = result.getAccumulatorResult(HistoryWriterFunction.NEWEST);
    try (Stream<Path> files = Files.list(folder)) {
      return new RecordedHistory(
          "topic " + deployment.topics().observations(),
          files.sorted().toList(),
          observations,
          refused,
          oldest,
          newest);
    }
  }
}

package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.kafka.AnnouncementSource;
import dev.eddy.connectors.kafka.DeadLetterSink;
import dev.eddy.connectors.kafka.EventTime;
import dev.eddy.connectors.kafka.ObservationSource;
import dev.eddy.connectors.kafka.PredictionSink;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.pipeline.announce.AnnouncedVersions;
import dev.eddy.pipeline.announce.EngineChoice;
import dev.eddy.pipeline.operator.PredictOperatorFactory;
import dev.eddy.pipeline.operator.PredictSettings;
import dev.eddy.pipeline.version.VersionSettings;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Builds the streaming job: observations from Kafka, keyed, stepped by the {@code
 * MicroBatchPredictOperator}, predictions to Kafka; announcements broadcast to it; what cannot be
 * decoded or stepped to the dead letters.
 */
public final class PredictJob {
  // Nobody in the job waits for event time but to flush: a watermark as close as can be.
  private static final Duration OUT_OF_ORDERNESS = Duration.ZERO;
  private static final Duration IDLENESS = Duration.ofSeconds(10);

  private PredictJob() {}

  /**
   * Adds the job to {@code env}, and gives {@link PredictJobDefaults} to Flink's settings that are
   * not set there. Chooses whether a GPU steps, for all subtasks.
   *
   * @throws dev.eddy.settings.UserMistake in one line, if the engine cannot run in this JVM, or
   *     settings are such that the job could not keep its promises
   */
  public static void build(StreamExecutionEnvironment env, PredictJobSettings settings) {
    build(env, settings, false);
  }

  /**
   * As {@link #build(StreamExecutionEnvironment, PredictJobSettings)}, for whoever does not know
   * what Flink will restore.
   *
   * @param refusesProgress whether the job ends at once, for good, if it restores no state although
   *     the deployment's consumer group has come further than the beginning
   */
  static void build(
      StreamExecutionEnvironment env, PredictJobSettings settings, boolean refusesProgress) {
    env.configure(PredictJobDefaults.missingFrom(env.getConfiguration(), settings));
    InsistedSettings.require(env.getConfiguration(), settings.serving().delivery());
    SingleOutputStreamOperator<KeyedEvent> observations =
        observations(env, settings, refusesProgress)
            .process(new DeadLetterSplit())
            .returns(EventTypes.KEYED_EVENT)
            .name("split")
            .uid("split");
    SingleOutputStreamOperator<Prediction> predictions =
        predictions(
            observations.keyBy(KeyedEvent::key, Types.STRING),
            announcements(env, settings),
            settings);
    predictions.sinkTo(predictionSink(settings)).name("predictions").uid("predictions");
    observations
        .getSideOutput(DeadLetterSplit.UNDECODABLE)
        .union(predictions.getSideOutput(PredictOperatorFactory.DEAD_LETTERS))
        .sinkTo(deadLetterSink(settings))
        .name("dead-letters")
        .uid("dead-letters");
  }

  private static SingleOutputStreamOperator<Decoded> observations(
      StreamExecutionEnvironment env, PredictJobSettings settings, boolean refusesProgress) {
    ObservationSource source =
        ObservationSource.builder()
            .client(settings.kafka())
            .topic(settings.topics().observations())
            .schema(settings.schema())
            .group(settings.name())
            .maxAhead(settings.maxAhead());
    if (settings.bounded()) {
      source.bounded();
    }
    if (refusesProgress) {
      source.refusingProgress();
    }
    return env.fromSource(
            source.build(),
            EventTime.observations(OUT_OF_ORDERNESS, IDLENESS),
            "observations",
            EventTypes.DECODED)
        .uid("observations");
  }

  private static DataStream<Announcement> announcements(
      StreamExecutionEnvironment env, PredictJobSettings settings) {
    AnnouncementSource source =
        AnnouncementSource.builder().client(settings.kafka()).topic(settings.topics().models());
    if (settings.bounded()) {
      source.bounded();
    }
    return env.fromSource(
            source.build(), EventTime.unbound(), "announcements", EventTypes.ANNOUNCEMENT)
        .setParallelism(1)
        .uid("announcements");
  }

  private static SingleOutputStreamOperator<Prediction> predictions(
      KeyedStream<KeyedEvent, String> observations,
      DataStream<Announcement> announcements,
      PredictJobSettings settings) {
    KafkaAnnouncementLog log =
        new KafkaAnnouncementLog(settings.kafka(), settings.topics().models());
    return observations
        .connect(announcements.broadcast())
        .transform(
            "predict",
            EventTypes.PREDICTION,
            new PredictOperatorFactory(operatorSettings(settings), log))
        .uid("predict");
  }

  private static PredictSettings operatorSettings(PredictJobSettings settings) {
    EngineKind engine =
        EngineChoice.of(
            settings.serving(),
            () ->
                AnnouncedVersions.of(
                    settings.kafka(), settings.topics().models(), settings.name()));
    VersionSettings versions =
        new VersionSettings(settings.name(), settings.topics().models(), settings.schema(), engine);
    return settings
        .serving()
        .operator(versions, settings.topics().observations(), settings.maxAhead());
  }

  private static KafkaSink<Prediction> predictionSink(PredictJobSettings settings) {
    return PredictionSink.builder(settings.output())
        .client(settings.kafka())
        .topic(settings.topics().predictions())
        .delivery(settings.serving().delivery())
        .transactionalIdPrefix(transactionPrefix(settings, "predictions"))
        .build();
  }

  private static KafkaSink<DeadLetter> deadLetterSink(PredictJobSettings settings) {
    return DeadLetterSink.builder()
        .client(settings.kafka())
        .topic(settings.topics().deadLetters())
        .delivery(settings.serving().delivery())
        .transactionalIdPrefix(transactionPrefix(settings, "dead-letters"))
        .build();
  }

  /** Slashes, which names cannot hold, keep one deployment's prefix from beginning another's. */
  private static String transactionPrefix(PredictJobSettings settings, String sink) {
    return "eddy/" + settings.name() + "/" + sink;
  }
}

package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.kafka.AnnouncementSource;
import dev.eddy.connectors.kafka.EventTime;
import dev.eddy.connectors.kafka.ObservationSource;
import dev.eddy.connectors.kafka.client.TransactionTimeout;
import dev.eddy.connectors.kafka.sink.DeadLetterSink;
import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.connectors.kafka.sink.PredictionSink;
import dev.eddy.connectors.kafka.start.PredictionWriter;
import dev.eddy.connectors.kafka.start.Start;
import dev.eddy.connectors.kafka.start.TransactionalIds;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.pipeline.announce.AnnouncedVersions;
import dev.eddy.pipeline.announce.EngineChoice;
import dev.eddy.pipeline.evaluation.EvaluatedFields;
import dev.eddy.pipeline.operator.PredictOperatorFactory;
import dev.eddy.pipeline.operator.PredictSettings;
import dev.eddy.pipeline.version.VersionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.ReadableConfig;
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
    build(env, settings, Start.FRESH);
  }

  /**
   * As {@link #build(StreamExecutionEnvironment, PredictJobSettings)}.
   *
   * @param start where the job begins if Flink restores no state; a start that must not be ends it
   *     at once, for good
   */
  public static void build(
      StreamExecutionEnvironment env, PredictJobSettings settings, Start start) {
    PredictionWriter writer = writer(settings);
    env.configure(PredictJobDefaults.missingFrom(env.getConfiguration(), settings));
    insist(env.getConfiguration(), settings);
    TransactionTimeout timeout = transactionTimeout(env, settings);
    SingleOutputStreamOperator<KeyedEvent> observations =
        observations(env, settings, start, writer)
            .process(new DeadLetterSplit())
            .returns(EventTypes.KEYED_EVENT)
            .name("split")
            .uid("split");
    KeyedStream<KeyedEvent, String> keyed = observations.keyBy(KeyedEvent::key, Types.STRING);
    Optional<OrderedStream> order = ordered(keyed, settings);
    KeyedStream<KeyedEvent, String> ordered = order.map(OrderedStream::observations).orElse(keyed);
    Optional<SharedStream> shared =
        settings.shared().map(features -> SharedStream.join(env, ordered, settings, features));
    SingleOutputStreamOperator<Prediction> predictions =
        predictions(
            shared.map(SharedStream::observations).orElse(ordered),
            announcements(env, settings),
            settings);
    SingleOutputStreamOperator<Prediction> fitting =
        predictions
            .process(new PredictionFit(settings))
            .returns(EventTypes.PREDICTION)
            .name("fit")
            .uid("fit");
    fitting
        .sinkTo(predictionSink(settings, timeout, writer))
        .name("predictions")
        .uid("predictions");
    List<DataStream<DeadLetter>> letters = new ArrayList<>();
    shared.map(SharedStream::deadLetters).ifPresent(letters::add);
    letters.add(predictions.getSideOutput(PredictOperatorFactory.DEAD_LETTERS));
    letters.add(fitting.getSideOutput(PredictionFit.TOO_LARGE));
    // Behind the others: an unaligned checkpoint knows the sink's inputs by their places.
    order.map(OrderedStream::deadLetters).ifPresent(letters::add);
    shared.map(SharedStream::lost).ifPresent(letters::add);
    settings
        .evaluation()
        .flatMap(each -> EvaluatedStream.add(env, predictions, settings, each, timeout.length()))
        .ifPresent(letters::add);
    DataStream<DeadLetter> undecodable = observations.getSideOutput(DeadLetterSplit.UNDECODABLE);
    letters.stream()
        .reduce(undecodable, DataStream::union)
        .sinkTo(deadLetterSink(settings, timeout))
        .name("dead-letters")
        .uid("dead-letters");
  }

  /** Without it the job is as it was: an operator more would be one that its state lacks. */
  private static Optional<OrderedStream> ordered(
      KeyedStream<KeyedEvent, String> observations, PredictJobSettings settings) {
    return settings.orderWithin().isZero()
        ? Optional.empty()
        : Optional.of(OrderedStream.of(observations, settings));
  }

  private static void insist(ReadableConfig flink, PredictJobSettings settings) {
    InsistedSettings.require(flink, settings.serving().delivery());
    if (settings.evaluation().isPresent()) {
      InsistedSettings.requireCheckpoints(
          flink, "topics.evaluations is given, whose records add up and must not repeat");
    }
  }

  private static TransactionTimeout transactionTimeout(
      StreamExecutionEnvironment env, PredictJobSettings settings) {
    TransactionTimeout timeout = TransactionTimeout.of(settings.kafka());
    if (settings.serving().delivery() == Delivery.EXACTLY_ONCE
        || settings.evaluation().isPresent()) {
      env.configure(CommitInTime.missingFrom(env.getConfiguration(), timeout));
      CommitInTime.require(env.getConfiguration(), timeout);
    }
    return timeout;
  }

  private static SingleOutputStreamOperator<Decoded> observations(
      StreamExecutionEnvironment env,
      PredictJobSettings settings,
      Start start,
      PredictionWriter writer) {
    ObservationSource source =
        ObservationSource.builder()
            .client(settings.kafka())
            .topic(settings.topics().observations())
            .schema(settings.schema())
            .group(settings.name())
            .start(start, settings.progress(writer))
            .maxAhead(settings.maxAhead());
    if (settings.bounded()) {
      source.bounded();
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
            settings.stores(),
            () ->
                AnnouncedVersions.of(
                    settings.kafka(), settings.topics().models(), settings.model()));
    VersionSettings versions =
        new VersionSettings(
            settings.model(),
            settings.topics().models(),
            settings.schema(),
            settings.stores(),
            settings.serving().activationLead().toMillis(),
            engine);
    PredictSettings operator =
        settings
            .serving()
            .operator(versions, settings.topics().observations(), settings.maxAhead());
    return settings
        .evaluation()
        .map(each -> EvaluatedFields.of(each.targets(), settings.schema().numeric()))
        .map(operator::evaluating)
        .orElse(operator);
  }

  /** At least once, predictions are seen before the first checkpoint: they name their start. */
  private static PredictionWriter writer(PredictJobSettings settings) {
    boolean early = settings.serving().delivery() == Delivery.AT_LEAST_ONCE;
    return new PredictionWriter(settings.name(), early ? UUID.randomUUID().toString() : "");
  }

  private static Sink<Prediction> predictionSink(
      PredictJobSettings settings, TransactionTimeout timeout, PredictionWriter writer) {
    return PredictionSink.builder(settings.output(), writer)
        .client(settings.kafka())
        .topic(settings.topics().predictions())
        .delivery(settings.serving().delivery())
        .transactionTimeout(timeout.length())
        .transactionalIdPrefix(TransactionalIds.predictions(settings.name()))
        .build();
  }

  private static Sink<DeadLetter> deadLetterSink(
      PredictJobSettings settings, TransactionTimeout timeout) {
    return DeadLetterSink.builder()
        .client(settings.kafka())
        .topic(settings.topics().deadLetters())
        .delivery(settings.serving().delivery())
        .transactionTimeout(timeout.length())
        .transactionalIdPrefix(TransactionalIds.deadLetters(settings.name()))
        .build();
  }
}

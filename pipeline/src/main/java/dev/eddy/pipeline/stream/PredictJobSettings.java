package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.kafka.start.PredictionWriter;
import dev.eddy.connectors.kafka.start.Progress;
import dev.eddy.connectors.serde.avro.PredictionFormat;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.ServingSettings;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.shared.SharedFeatures;
import dev.eddy.pipeline.version.store.TrustedStores;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * All that the streaming job needs to know of its deployment.
 *
 * @param name the deployment's: consumer group, transactions and job go by it
 * @param model the name of the model that it serves
 * @param stores from which of them its versions are read
 * @param kafka passed to the Kafka clients as is; {@code bootstrap.servers} at least
 * @param topics where records are read and written
 * @param schema the fields of an observation
 * @param maxAhead an observation further ahead of its record's Kafka timestamp is a dead letter
 * @param orderWithin how late observations may be that are put in order; zero for none
 * @param shared what another topic brings for all keys, where one does
 * @param serving how observations are turned into predictions
 * @param output what of a prediction is written, and in what
 * @param evaluation how predictions are scored in the stream, where they are
 * @param bounded whether the job ends when it has predicted all that was on the topic when it began
 */
public record PredictJobSettings(
    String name,
    String model,
    TrustedStores stores,
    Map<String, String> kafka,
    TopicSettings topics,
    ObservationSchema schema,
    Duration maxAhead,
    Duration orderWithin,
    Optional<SharedFeatures> shared,
    ServingSettings serving,
    PredictionFormat output,
    Optional<JobEvaluation> evaluation,
    boolean bounded) {

  /** Nothing is evaluated. */
  public PredictJobSettings(
      String name,
      String model,
      TrustedStores stores,
      Map<String, String> kafka,
      TopicSettings topics,
      ObservationSchema schema,
      Duration maxAhead,
      Duration orderWithin,
      Optional<SharedFeatures> shared,
      ServingSettings serving,
      PredictionFormat output,
      boolean bounded) {
    this(
        name,
        model,
        stores,
        kafka,
        topics,
        schema,
        maxAhead,
        orderWithin,
        shared,
        serving,
        output,
        Optional.empty(),
        bounded);
  }

  /**
   * Observations are stepped as they come, by versions read where they are announced from, and
   * predictions written in JSON.
   */
  public PredictJobSettings(
      String name,
      String model,
      Map<String, String> kafka,
      TopicSettings topics,
      ObservationSchema schema,
      Duration maxAhead,
      ServingSettings serving,
      OutputSettings output,
      boolean bounded) {
    this(
        name,
        model,
        TrustedStores.asAnnounced(),
        kafka,
        topics,
        schema,
        maxAhead,
        Duration.ZERO,
        Optional.empty(),
        serving,
        PredictionFormat.json(output),
        bounded);
  }

  /** Those of {@code deployment}. */
  public static PredictJobSettings of(Deployment deployment, boolean bounded) {
    return new PredictJobSettings(
        deployment.name(),
        deployment.modelName(),
        deployment.trustedStores(),
        deployment.kafka(),
        deployment.topics(),
        deployment.observationSchema(),
        deployment.input().maxAhead(),
        deployment.input().orderWithin(),
        deployment.sharedFeatures(),
        deployment.serving(),
        deployment.predictionFormat(),
        JobEvaluation.of(deployment),
        bounded);
  }

  /** How far the deployment has come, where {@code writer} writes its predictions. */
  Progress progress(PredictionWriter writer) {
    return new Progress(kafka, writer, topics.observations(), topics.predictions());
  }

  /** How far the deployment has come. */
  public Progress progress() {
    return progress(new PredictionWriter(name, ""));
  }

  public PredictJobSettings {
    kafka = Map.copyOf(kafka);
  }
}

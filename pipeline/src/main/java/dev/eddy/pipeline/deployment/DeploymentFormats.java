package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.registry.RegistrySettings;
import dev.eddy.connectors.serde.avro.ObservationAvroSchema;
import dev.eddy.connectors.serde.avro.PredictionAvroSchema;
import dev.eddy.connectors.serde.avro.PredictionFormat;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.core.fs.Path;

/** Says in what a deployment's records are written, and of which schemas. */
public final class DeploymentFormats {
  private DeploymentFormats() {}

  static void require(
      ObservationSettings input, OutputSettings output, Optional<RegistrySettings> registry) {
    boolean framed =
        input.encoding() == RecordEncoding.AVRO_CONFLUENT
            || output.encoding() == RecordEncoding.AVRO_CONFLUENT
            || input.shared().map(SharedSettings::encoding).orElse(RecordEncoding.JSON)
                == RecordEncoding.AVRO_CONFLUENT;
    Require.that(
        framed == registry.isPresent(),
        "registry",
        framed ? "missing" : "given",
        framed
            ? "given, because records are avro-confluent"
            : "left out, or an encoding (input, input.shared, output) be avro-confluent");
  }

  static RecordFormat observations(Deployment deployment) {
    return switch (deployment.input().encoding()) {
      case JSON -> new RecordFormat.Json();
      case AVRO -> new RecordFormat.Avro(schemaFile("input.schema", deployment.input().schema()));
      case AVRO_CONFLUENT ->
          new RecordFormat.Confluent(
              deployment.registry().orElseThrow().address(),
              observationSubject(deployment),
              deployment.name());
    };
  }

  /** In what the records of the shared topic are written. */
  static RecordFormat shared(Deployment deployment, SharedSettings shared) {
    return switch (shared.encoding()) {
      case JSON -> new RecordFormat.Json();
      case AVRO -> new RecordFormat.Avro(schemaFile("input.shared.schema", shared.schema()));
      case AVRO_CONFLUENT ->
          new RecordFormat.Confluent(
              deployment.registry().orElseThrow().address(),
              shared.topic() + "-value",
              deployment.name());
    };
  }

  private static String schemaFile(String place, Optional<String> written) {
    Path file = new Path(written.orElseThrow());
    try (var in = file.getFileSystem().open(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      RecordFormats.require(place, new RecordFormat.Avro(text));
      return text;
    } catch (IOException e) {
      throw new UserMistake(
          place
              + ": "
              + file
              + ": cannot be read ("
              + FileFault.of(e)
              + "; must be a file with an Avro schema)",
          e);
    }
  }

  static PredictionFormat predictions(Deployment deployment) {
    OutputSettings output = deployment.output();
    boolean framed = output.encoding() == RecordEncoding.AVRO_CONFLUENT;
    return output.encoding() == RecordEncoding.JSON
        ? PredictionFormat.json(output)
        : new PredictionFormat(
            output,
            predictionSchema(deployment),
            framed ? deployment.registry().orElseThrow().address() : null,
            predictionSubject(deployment));
  }

  /** The schema that Eddy would write observations of, whatever they are written in. */
  public static String observationSchema(Deployment deployment) {
    return ObservationAvroSchema.of(
        deployment.input().observationSchema(new RecordFormat.Json()), deployment.name());
  }

  /** The schema of predictions as Avro, whatever they are written in. */
  public static String predictionSchema(Deployment deployment) {
    return PredictionAvroSchema.of(
        deployment.output(),
        deployment.name(),
        deployment.input().target(),
        deployment.model().horizons(),
        deployment.model().quantiles());
  }

  /** The subject of observations in a registry. */
  public static String observationSubject(Deployment deployment) {
    return deployment.topics().observations() + "-value";
  }

  /** The subject of predictions in a registry. */
  public static String predictionSubject(Deployment deployment) {
    return deployment.topics().predictions() + "-value";
  }
}

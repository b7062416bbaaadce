package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.registry.RegistrySettings;
import dev.eddy.connectors.serde.avro.PredictionAvroSchema;
import dev.eddy.connectors.serde.avro.PredictionFormat;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.model.inference.ServingMemory;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.MemoryEstimate;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.evaluation.EvaluationSettings;
import dev.eddy.pipeline.passed.PassedToFlink;
import dev.eddy.pipeline.passed.PassedToKafka;
import dev.eddy.pipeline.shared.SharedFeatures;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.pipeline.version.store.TrustedStores;
import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CoreOptions;

/** Everything that one YAML file says of a deployment. */
@Block("")
public record Deployment(
    @Setting(
            about =
                "of the deployment: its consumer group, transactions, checkpoints and job go by it")
        String name,
    @Setting(about = "what a reader of its reports should know", byDefault = "none")
        Optional<String> about,
    @Setting(
            about =
                "where model versions are published: a folder, or the URI of a Flink file system"
                    + " such as `s3://…`")
        String store,
    @Setting(
            about =
                "passed to the Kafka clients as it is, security settings too; `bootstrap.servers`"
                    + " at least; not needed with `--files`",
            byDefault = "{}")
        Map<String, String> kafka,
    @Setting(
            about = "where records are read and written; not needed with `--files`",
            byDefault = "{}")
        TopicSettings topics,
    @Setting(about = "what an observation holds, and what is to be predicted")
        ObservationSettings input,
    @Setting(about = "the network and what it forecasts", byDefault = "{}") ModelSettings model,
    @Setting(about = "how the network is trained") TrainingSettings training,
    @Setting(about = "how observations are turned into predictions", byDefault = "{}")
        ServingSettings serving,
    @Setting(
            about = "how predictions are scored in the stream, where `topics.evaluations` is given",
            byDefault = "{}")
        EvaluationSettings evaluation,
    @Setting(about = "what of a prediction is written, and how", byDefault = "{}")
        OutputSettings output,
    @Setting(
            about = "where schemas are registered; only for `avro-confluent` records",
            byDefault = "none")
        Optional<RegistrySettings> registry,
    @Setting(about = "passed to Flink as it is", byDefault = "{}") Map<String, String> flink,
    @Setting(
            about = "how files are read and sent as observations; not needed to serve",
            byDefault = "none")
        Optional<ReplaySettings> replay) {

  /** Where clients find a broker. */
  public static final String BOOTSTRAP = "bootstrap.servers";

  public Deployment {
    Require.that(ModelId.isName(name), "name", name, "letters, digits, '.', '_' or '-'");
    ModelStores.requireLocation(store);
    serving.stores().forEach(ModelStores::requireLocation);
    input = input.reaching(Collections.max(model.horizons()));
    model = Settings.with(model, Map.of("name", Optional.of(model.name().orElse(name))));
    kafka = Map.copyOf(kafka);
    flink = Map.copyOf(flink);
    PassedToFlink.require(flink);
    PassedToKafka.require(kafka);
    DeploymentFormats.require(input, output, registry);
    if (output.encoding() != RecordEncoding.JSON) {
      var unused =
          PredictionAvroSchema.of(
              output, name, input.target(), model.horizons(), model.quantiles());
    }
    requireShared(input, topics, replay);
    requireLabels(input, topics);
    requireHorizons(output.horizons(), input.target().isEmpty() ? List.of() : model.horizons());
  }

  private static void requireLabels(ObservationSettings input, TopicSettings topics) {
    boolean scored = input.label().isPresent() && topics.evaluations().isPresent();
    Require.that(
        topics.labels().isEmpty() || scored,
        "topics.labels",
        topics.labels().orElse(""),
        "left out, or input.label and topics.evaluations be given");
  }

  private static void requireShared(
      ObservationSettings input, TopicSettings topics, Optional<ReplaySettings> replay) {
    Optional<String> topic = input.shared().map(SharedSettings::topic);
    List<String> others = topics.all();
    topic.ifPresent(
        name ->
            Require.that(
                !others.contains(name), "input.shared.topic", name, "another than " + others));
    List<Path> files = replay.map(ReplaySettings::sharedFiles).orElse(List.of());
    Require.that(
        files.isEmpty() || topic.isPresent(),
        "replay.shared-files",
        files,
        "left out where there is no input.shared");
  }

  private static void requireHorizons(List<Integer> written, List<Integer> forecast) {
    for (int horizon : written) {
      Require.that(
          forecast.contains(horizon),
          "output.horizons",
          horizon,
          forecast.isEmpty()
              ? "left out: classes have no horizon"
              : "one of model.horizons, " + forecast);
    }
  }

  /**
   * Requires what is left out where only files are read: brokers and topics.
   *
   * @throws UserMistake that names all that is missing
   */
  public Deployment requireKafka() {
    List<String> missing = new ArrayList<>();
    if (kafka.getOrDefault(BOOTSTRAP, "").isBlank()) {
      missing.add("kafka." + BOOTSTRAP);
    }
    missing.addAll(topics.missing());
    if (!missing.isEmpty()) {
      throw new UserMistake(
          String.join(", ", missing)
              + ": missing (must be given: only check, train and backtest with --files need no"
              + " Kafka)");
    }
    return this;
  }

  /** The fields of its observation records, and how they are written. */
  public ObservationSchema observationSchema() {
    return input.observationSchema(DeploymentFormats.observations(this));
  }

  /** What of the features another topic brings, where one does, and how its records are written. */
  public Optional<SharedFeatures> sharedFeatures() {
    return input
        .shared()
        .map(shared -> input.sharedFeatures(shared).in(DeploymentFormats.shared(this, shared)));
  }

  /** How its predictions are written. */
  public PredictionFormat predictionFormat() {
    return DeploymentFormats.predictions(this);
  }

  /** The name of the model that is trained and served. */
  public String modelName() {
    return model.name().orElse(name);
  }

  /** From which stores announced versions are read. */
  public TrustedStores trustedStores() {
    return TrustedStores.of(store, serving.stores());
  }

  /** The same deployment on another broker, with another store and other Flink settings. */
  public Deployment on(String bootstrapServers, String newStore, Map<String, String> newFlink) {
    Map<String, String> newKafka = new LinkedHashMap<>(kafka);
    newKafka.put(BOOTSTRAP, bootstrapServers);
    return Settings.with(this, Map.of("kafka", newKafka, "store", newStore, "flink", newFlink));
  }

  /** The same deployment with its observations' schema in another file. */
  Deployment withSchema(String file) {
    ObservationSettings other = Settings.with(input, Map.of("schema", Optional.of(file)));
    return Settings.with(this, Map.of("input", other));
  }

  /** The same deployment with its shared records' schema in another file. */
  Deployment withSharedSchema(String file) {
    Optional<SharedSettings> shared =
        input.shared().map(each -> Settings.with(each, Map.of("schema", Optional.of(file))));
    ObservationSettings other = Settings.with(input, Map.of("shared", shared));
    return Settings.with(this, Map.of("input", other));
  }

  /** The same deployment with another way of training. */
  public Deployment withTraining(TrainingSettings newTraining) {
    return Settings.with(this, Map.of("training", newTraining));
  }

  /**
   * How files are replayed.
   *
   * @throws UserMistake when the deployment does not say
   */
  public ReplaySettings requireReplay() {
    return replay.orElseThrow(
        () -> new UserMistake("replay: missing (must say which files are sent, and how)"));
  }

  /** What the tasks that step take, if all of them run in one process. */
  public MemoryEstimate servingMemory() {
    int outputs =
        input.label().isPresent()
            ? 1
            : input.target().size() * model.horizons().size() * model.quantiles().size();
    return ServingMemory.of(
        model.network(1 + input.features().size(), outputs).withNetworks(training.seeds()),
        outputs,
        serving.maxBatch(),
        Integer.parseInt(flink.getOrDefault(CoreOptions.DEFAULT_PARALLELISM.key(), "1").strip()));
  }

  /** What of the input training needs. */
  public InputSettings trainingInput() {
    return new InputSettings(
        input.featureSchema(),
        input.target(),
        input.label(),
        input.calendar(),
        input.zone(),
        input.interval(),
        input.statics(),
        input
            .future()
            .map(known -> new InputSettings.Future(known.features(), known.reach().orElseThrow())));
  }
}

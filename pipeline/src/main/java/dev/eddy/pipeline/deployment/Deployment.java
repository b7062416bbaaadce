package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.ModelId;
import dev.eddy.settings.UserMistake;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CoreOptions;

/**
 * Everything that one YAML file says of a deployment.
 *
 * @param name of the deployment and of the model that it trains and serves
 * @param about what a reader of its reports should know; default nothing
 * @param store where model versions are published: a directory (relative to the YAML's folder) or
 *     the URI of a Flink file system
 * @param kafka passed to the Kafka clients as is; {@code bootstrap.servers} at least
 * @param topics where records are read and written
 * @param input what an observation holds, and what is to be predicted
 * @param model the network
 * @param training how it is trained
 * @param serving how observations are turned into predictions
 * @param output what of a prediction is written, and how
 * @param flink passed to Flink as is
 * @param replay how files are read and sent as observations; default none
 */
public record Deployment(
    String name,
    Optional<String> about,
    String store,
    Map<String, String> kafka,
    TopicSettings topics,
    ObservationSettings input,
    ModelSettings model,
    TrainingSettings training,
    ServingSettings serving,
    OutputSettings output,
    Map<String, String> flink,
    Optional<ReplaySettings> replay) {

  /** Where clients find a broker. */
  public static final String BOOTSTRAP = "bootstrap.servers";

  public Deployment {
    if (!ModelId.isName(name)) {
      throw new IllegalArgumentException(
          "name: " + name + " (must be letters, digits, '.', '_' or '-')");
    }
    input = input.reaching(Collections.max(model.horizons()));
    kafka = Map.copyOf(kafka);
    flink = Map.copyOf(flink);
    requireParallelism(flink);
    if (!kafka.containsKey(BOOTSTRAP)) {
      throw new IllegalArgumentException(
          "kafka." + BOOTSTRAP + ": missing (must name a broker, such as localhost:9092)");
    }
    requireHorizons(output.horizons(), input.target().isEmpty() ? List.of() : model.horizons());
  }

  private static void requireHorizons(List<Integer> written, List<Integer> forecast) {
    for (int horizon : written) {
      if (!forecast.contains(horizon)) {
        throw new IllegalArgumentException(
            "output.horizons: "
                + horizon
                + (forecast.isEmpty()
                    ? " (must be left out: classes have no horizon)"
                    : " (must be one of model.horizons, " + forecast + ")"));
      }
    }
  }

  private static void requireParallelism(Map<String, String> flink) {
    String setting = CoreOptions.DEFAULT_PARALLELISM.key();
    String parallelism = flink.get(setting);
    if (parallelism != null && !parallelism.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          "flink." + setting + ": " + parallelism + " (must be a whole number from 1 on)");
    }
  }

  /** The same deployment on another broker, with another store and other Flink settings. */
  public Deployment on(String bootstrapServers, String newStore, Map<String, String> newFlink) {
    Map<String, String> newKafka = new LinkedHashMap<>(kafka);
    newKafka.put(BOOTSTRAP, bootstrapServers);
    return new Deployment(
        name, about, newStore, newKafka, topics, input, model, training, serving, output, newFlink,
        replay);
  }

  /** The same deployment with another way of training. */
  public Deployment withTraining(TrainingSettings newTraining) {
    return new Deployment(
        name,
        about,
        store,
        kafka,
        topics,
        input,
        model,
        newTraining,
        serving,
        output,
        flink,
        replay);
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

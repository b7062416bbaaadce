package dev.eddy.pipeline.cli.models;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.ForeignModel;
import dev.eddy.model.store.Provenance;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.cli.command.DeploymentOption;
import dev.eddy.pipeline.cli.command.EddyCommand;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.judge.TrainingData;
import dev.eddy.pipeline.train.EddyVersion;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eddy models import}: publishes a network that was trained elsewhere. */
@Command(
    name = "import",
    description = {
      "Publishes a network that was trained elsewhere, in Python say, and does not announce it.",
      "docs/python.md has the names and layouts of its tensors."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelsImportCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Parameters(paramLabel = "SAFETENSORS", description = "Its weights: weights.safetensors.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private Path file;

  @Option(
      names = "--spec",
      required = true,
      paramLabel = "JSON",
      description =
          "What the network reads and says: the model.json of a version, or the spec in it alone.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private Path spec;

  @Option(
      names = "--trained-until",
      required = true,
      paramLabel = "TIME",
      description =
          "The last event time that its training has seen, such as 2026-01-31T12:00:00Z; it is"
              + " announced to serve from then on, and judged by what is newer.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String trainedUntil;

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read(true);
    Instant until = until();
    ModelSpec read = read("--spec", spec, ForeignModel::spec);
    requireFeatures(read.input().schema(), deployment);
    requireServable(read);
    NetworkWeights weights =
        read("SAFETENSORS", file, content -> ForeignModel.weights(content, read.network()));
    PublishedModel published =
        ModelStores.open(deployment.store())
            .publish(deployment.modelName(), read, weights, provenance(until), Map.of(), Map.of());
    console().line("published " + published.id() + " to " + deployment.store());
    console()
        .line(
            "not announced; this does it: eddy models announce "
                + published.id()
                + " -c "
                + deploymentFile.file());
    json(() -> result(published, deployment));
    return 0;
  }

  private Instant until() {
    try {
      return Instant.parse(trainedUntil);
    } catch (DateTimeParseException e) {
      throw new UserMistake(
          "--trained-until: " + trainedUntil + " (must be a time such as 2026-01-31T12:00:00Z)");
    }
  }

  private static <T> T read(String option, Path file, Function<byte[], T> reader) {
    try {
      return reader.apply(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UserMistake(option + ": " + file + ": cannot be read (" + FileFault.of(e) + ")", e);
    } catch (IllegalArgumentException e) { // it says what of the file is wrong
      throw new UserMistake(option + ": " + file + ": " + e.getMessage(), e);
    }
  }

  private static void requireFeatures(FeatureSchema reads, Deployment deployment) {
    FeatureSchema has = deployment.input().featureSchema();
    Require.that(
        has.numeric().containsAll(reads.numeric())
            && has.categorical().containsAll(reads.categorical()),
        "--spec: reads",
        reads.numeric() + " and " + reads.categorical(),
        "among input.features and input.categorical, "
            + has.numeric()
            + " and "
            + has.categorical());
  }

  /** What a job would refuse is refused here. */
  private void requireServable(ModelSpec read) {
    try {
      var unused = new InputEncoder(read);
    } catch (IllegalArgumentException e) {
      throw new UserMistake("--spec: " + spec + ": " + e.getMessage(), e);
    }
  }

  private Provenance provenance(Instant until) {
    return new Provenance(
        TrainingData.until("imported from " + file.getFileName(), until),
        EddyVersion.text(),
        0,
        "elsewhere",
        Instant.now());
  }

  private static Map<String, Object> result(PublishedModel published, Deployment deployment) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", published.id().toString());
    result.put("digest", published.digest());
    result.put("store", deployment.store());
    return result;
  }
}

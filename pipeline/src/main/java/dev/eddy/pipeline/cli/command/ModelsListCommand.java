package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelFile;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.cli.report.ReportTable;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.train.KeptModels;
import dev.eddy.pipeline.version.ModelStores;
import dev.eddy.settings.UserMistake;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code eddy models list}: what is in the store; one version that cannot be read hides no other.
 */
@Command(
    name = "list",
    description = "Lists the versions in the store, and from when on each is announced to serve.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelsListCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read();
    ModelStore store = ModelStores.open(deployment.store());
    List<ModelId> ids = store.list(deployment.modelName());
    Optional<Map<String, Announcement>> announced = announced(deployment);
    List<Map<String, Object>> models = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (ModelId id : ids) {
      try {
        models.add(describe(store, store.describe(id), serving(announced, id)));
      } catch (UnusableStoreException | ModelRefusedException e) {
        unreadable.add(String.valueOf(e.getMessage()));
      }
    }
    show(deployment, models, ids.isEmpty());
    json(() -> result(deployment, models, unreadable));
    if (!unreadable.isEmpty()) {
      throw new UserMistake(unreadable);
    }
    return 0;
  }

  private static Map<String, Object> result(
      Deployment deployment, List<Map<String, Object>> models, List<String> unreadable) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("store", deployment.store());
    result.put("models", models);
    result.put("unreadable", unreadable);
    return result;
  }

  /** The last announcement of each version; nothing, and a line saying why, without a broker. */
  private Optional<Map<String, Announcement>> announced(Deployment deployment) {
    Map<String, Announcement> announced = new HashMap<>();
    try {
      for (Announcement each : new ModelAnnouncer(deployment).announced()) {
        announced.put(each.model(), each);
      }
    } catch (UserMistake e) {
      console().line("announcements unknown: " + e.getMessage());
      return Optional.empty();
    }
    return Optional.of(announced);
  }

  private static Map<String, Object> describe(ModelStore store, ModelFile file, String serving) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("model", file.id().toString());
    model.put("created", file.provenance().created().truncatedTo(ChronoUnit.SECONDS).toString());
    model.put("network", file.spec().network().summary());
    model.put("predicts", predicts(file.spec().head()));
    List<String> missing = store.missing(file);
    model.put("serving", missing.isEmpty() ? serving : serving + "; missing: " + missing);
    return model;
  }

  private static String predicts(Head head) {
    return head instanceof Head.Forecast forecast
        ? "horizons " + forecast.horizons()
        : "classes " + ((Head.Classes) head).labels();
  }

  private static String serving(Optional<Map<String, Announcement>> announced, ModelId id) {
    if (announced.isEmpty()) {
      return "unknown";
    }
    return Optional.ofNullable(announced.get().get(id.toString()))
        .map(ModelsListCommand::serving)
        .orElse("not announced");
  }

  static String serving(Announcement announcement) {
    return announcement.effectiveFrom() == Long.MIN_VALUE
        ? "from the beginning"
        : "from " + Instant.ofEpochMilli(announcement.effectiveFrom());
  }

  private void show(Deployment deployment, List<Map<String, Object>> models, boolean none) {
    if (none) {
      console().line("no version of " + deployment.modelName() + " in " + deployment.store());
    }
    if (!models.isEmpty()) {
      new ReportTable(
              List.copyOf(models.get(0).keySet()),
              models.stream()
                  .map(model -> model.values().stream().map(Object::toString).toList())
                  .toList())
          .lines()
          .forEach(console()::line);
    }
    for (ModelId kept : KeptModels.of(deploymentFile.file()).list(deployment.modelName())) {
      console().line("kept, not published: " + kept + " (eddy models announce --kept)");
    }
  }
}

package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelFile;
import dev.eddy.model.store.ModelStore;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.cli.report.ReportTable;
import dev.eddy.pipeline.deployment.Deployment;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eddy models}: what is published and announced. */
@Command(
    name = "models",
    description = "Published and announced model versions.",
    mixinStandardHelpOptions = true,
    subcommands = ModelsCommand.ListCommand.class)
public final class ModelsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing, such as: models list");
  }

  /** {@code eddy models list}. */
  @Command(
      name = "list",
      description = "Lists the versions in the store, and from when on each is announced to serve.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class ListCommand extends EddyCommand implements Callable<Integer> {
    @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

    @Override
    public Integer call() {
      Deployment deployment = deploymentFile.read();
      ModelStore store = ModelStores.open(deployment.store());
      Optional<Map<String, Announcement>> announced = announced(deployment);
      List<Map<String, Object>> models = new ArrayList<>();
      for (ModelId id : store.list(deployment.modelName())) {
        models.add(describe(store.describe(id), serving(announced, id)));
      }
      show(deployment, models);
      json(Map.of("store", deployment.store(), "models", models));
      return 0;
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

    private static Map<String, Object> describe(ModelFile file, String serving) {
      Map<String, Object> model = new LinkedHashMap<>();
      model.put("model", file.id().toString());
      model.put("created", file.provenance().created().truncatedTo(ChronoUnit.SECONDS).toString());
      model.put("network", file.spec().network().summary());
      model.put("predicts", predicts(file.spec().head()));
      model.put("serving", serving);
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
          .map(ListCommand::serving)
          .orElse("not announced");
    }

    private static String serving(Announcement announcement) {
      return announcement.effectiveFrom() == Long.MIN_VALUE
          ? "from the beginning"
          : "from " + Instant.ofEpochMilli(announcement.effectiveFrom());
    }

    private void show(Deployment deployment, List<Map<String, Object>> models) {
      if (models.isEmpty()) {
        console().line("no version of " + deployment.modelName() + " in " + deployment.store());
        return;
      }
      List<String> heads = List.copyOf(models.get(0).keySet());
      new ReportTable(
              heads,
              models.stream()
                  .map(model -> model.values().stream().map(Object::toString).toList())
                  .toList())
          .lines()
          .forEach(console()::line);
    }
  }
}

package dev.eddy.pipeline.cli.models;

import static java.util.stream.Collectors.joining;

import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.pipeline.cli.command.DeploymentOption;
import dev.eddy.pipeline.cli.command.EddyCommand;
import dev.eddy.pipeline.cli.report.ReportTable;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.train.KeptModels;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code eddy models list}: what is in the store; one version that cannot be read hides no other,
 * and a broker that does not answer hides none, yet fails the command.
 */
@Command(
    name = "list",
    description = "Lists the versions in the store, and from when on each is announced to serve.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelsListCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  private final List<ListedModel> models = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read();
    ModelStore store = ModelStores.open(deployment.store());
    KnownAnnouncements announced = KnownAnnouncements.of(deployment);
    wrong.addAll(announced.wrong());
    list(store, store.list(deployment.modelName()), announced);
    List<ModelId> kept = KeptModels.of(deploymentFile.file()).list(deployment.modelName());
    List<ModelId> pruned = store.pruned(deployment.modelName());
    show(deployment, kept);
    if (!pruned.isEmpty()) {
      console().line("pruned: " + pruned.stream().map(ModelId::toString).collect(joining(", ")));
    }
    json(() -> result(deployment, kept, pruned));
    wrong.addAll(unreadable);
    if (!wrong.isEmpty()) {
      throw new UserMistake(wrong);
    }
    return 0;
  }

  private void list(ModelStore store, List<ModelId> ids, KnownAnnouncements announced) {
    for (ModelId id : ids) {
      try {
        models.add(ListedModel.of(store, id, announced));
      } catch (UnusableStoreException | ModelRefusedException e) {
        unreadable.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private Map<String, Object> result(
      Deployment deployment, List<ModelId> kept, List<ModelId> pruned) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("store", deployment.store());
    result.put("models", models.stream().map(ListedModel::json).toList());
    result.put("kept", kept.stream().map(ModelId::toString).toList());
    result.put("pruned", pruned.stream().map(ModelId::toString).toList());
    result.put("unreadable", unreadable);
    return result;
  }

  private void show(Deployment deployment, List<ModelId> kept) {
    if (models.isEmpty() && unreadable.isEmpty()) {
      console().line("no version of " + deployment.modelName() + " in " + deployment.store());
    }
    if (!models.isEmpty()) {
      new ReportTable(ListedModel.HEADS, models.stream().map(ListedModel::cells).toList())
          .lines()
          .forEach(console()::line);
    }
    for (ModelId each : kept) {
      console().line("kept, not published: " + each + " (eddy models announce --kept)");
    }
  }
}

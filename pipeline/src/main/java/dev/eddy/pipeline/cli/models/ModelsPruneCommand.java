package dev.eddy.pipeline.cli.models;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelStore;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.cli.command.DeploymentOption;
import dev.eddy.pipeline.cli.command.EddyCommand;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.Require;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eddy models prune}: frees the store of versions that nobody needs. */
@Command(
    name = "prune",
    description = {
      "Removes versions from the store that no key of the running job and no announcement needs.",
      "What serves, is to serve, is the shadow or what a rollback goes back to stays in any case."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelsPruneCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Option(
      names = "--keep",
      required = true,
      paramLabel = "N",
      description = "How many of the newest versions stay in any case, 1 or more.")
  private int keep;

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT",
      description =
          "The REST interface of what runs the job: a cluster's, or the address that eddy run"
              + " says.")
  private @Nullable String target;

  @Option(
      names = "--force",
      description = "Asks no job: keys that an old version has made may begin with less.")
  private boolean force;

  @Override
  public Integer call() throws InterruptedException {
    Require.atLeast(1, "--keep", keep);
    Deployment deployment = deploymentFile.read();
    Map<Integer, Long> needed = needed(deployment);
    List<Announcement> announced = new ModelAnnouncer(deployment).announced();
    ModelStore store = ModelStores.open(deployment.store());
    List<ModelId> torn = store.halfPruned(deployment.modelName());
    PrunePlan plan =
        PrunePlan.of(
            store.list(deployment.modelName()), keep, announced, ServeWish.now(deployment), needed);
    plan.kept().forEach((id, why) -> console().line("kept   " + id + ": " + why));
    List<ModelId> pruned = new ArrayList<>(torn); // an earlier prune did not come to its end
    pruned.addAll(plan.pruned());
    long freed = 0;
    for (ModelId id : pruned) {
      freed += store.prune(id, Instant.now());
      console().line("pruned " + id);
    }
    console()
        .line(
            pruned.size()
                + " of "
                + deployment.modelName()
                + " pruned, freeing "
                + freed
                + " bytes");
    Map<String, Object> result = result(plan, pruned, freed);
    json(() -> result);
    return 0;
  }

  private Map<Integer, Long> needed(Deployment deployment) throws InterruptedException {
    if (force) {
      return Map.of();
    }
    if (target == null) {
      throw Require.mistake(
          "--target",
          "not given",
          "where the job runs, which knows what its keys need; --force asks no job");
    }
    return NeededVersions.of(deployment, target);
  }

  private static Map<String, Object> result(PrunePlan plan, List<ModelId> pruned, long freed) {
    Map<String, String> kept = new LinkedHashMap<>();
    plan.kept().forEach((id, why) -> kept.put(id.toString(), why));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("pruned", pruned.stream().map(ModelId::toString).toList());
    result.put("kept", kept);
    result.put("bytes", freed);
    return result;
  }
}

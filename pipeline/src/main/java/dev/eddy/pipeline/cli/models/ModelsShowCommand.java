package dev.eddy.pipeline.cli.models;

import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelStore;
import dev.eddy.pipeline.cli.command.DeploymentOption;
import dev.eddy.pipeline.cli.command.EddyCommand;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.UserMistake;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eddy models show}: where a version comes from, and how well it does. */
@Command(
    name = "show",
    description =
        "Shows a version: what it has learned from, how it was judged, when it serves, and how it"
            + " does in the stream where that is evaluated.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelsShowCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Mixin private final NamedVersion version = new NamedVersion();

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read();
    ModelId id = version.id();
    ModelStore store = ModelStores.open(deployment.store());
    KnownAnnouncements announced = KnownAnnouncements.of(deployment);
    ShownModel shown = new ShownModel(ListedModel.of(store, id, announced));
    shown.lines().forEach(console()::line);
    Optional<OnlineTable> online =
        announced.known() ? OnlineTable.of(deployment, id.toString()) : Optional.empty();
    online.map(OnlineTable::lines).ifPresent(lines -> lines.forEach(console()::line));
    json(
        () -> {
          Map<String, Object> result = new LinkedHashMap<>(shown.json());
          online.ifPresent(table -> result.put("online", table.json()));
          return result;
        });
    if (!announced.known()) {
      throw new UserMistake(announced.wrong());
    }
    return 0;
  }
}

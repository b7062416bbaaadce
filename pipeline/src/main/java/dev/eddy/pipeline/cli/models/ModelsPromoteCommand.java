package dev.eddy.pipeline.cli.models;

import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.announce.AnnouncedVersions;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.cli.command.DeploymentOption;
import dev.eddy.pipeline.cli.command.EddyCommand;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.version.store.ModelStores;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eddy models promote}: lets a published version serve, old or new. */
@Command(
    name = "promote",
    description = "Lets a published version serve from now on, whatever serves now.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelsPromoteCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();
  @Mixin private final NamedVersion version = new NamedVersion();
  @Mixin private final ServeWish wish = new ServeWish();

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read();
    ModelId id = version.of(deployment);
    boolean warm =
        AnnouncedVersions.shadow(new ModelAnnouncer(deployment).announced())
            .filter(each -> each.model().equals(id.toString()))
            .isPresent();
    PublishedModel model = new PublishedModel(id, ModelStores.open(deployment.store()).digest(id));
    Announced announced = wish.announce(deployment, model, ServeWish.now(deployment));
    announced.note().ifPresent(console()::line);
    console()
        .line(
            "announced "
                + id
                + ", serving "
                + ListedModel.serving(announced.announcement())
                + (warm ? "; keys go on with what it has made of them as a shadow" : ""));
    json(() -> ServeWish.json(announced));
    return 0;
  }
}

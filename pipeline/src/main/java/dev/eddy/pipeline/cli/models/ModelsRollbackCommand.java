package dev.eddy.pipeline.cli.models;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.announce.AnnouncedVersions;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.cli.command.DeploymentOption;
import dev.eddy.pipeline.cli.command.EddyCommand;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.settings.UserMistake;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code eddy models rollback}: lets the version serve again that was announced before the one that
 * serves now; asked again, the one before that.
 */
@Command(
    name = "rollback",
    description = "Lets the version before the one that serves now serve again.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelsRollbackCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();
  @Mixin private final ServeWish wish = new ServeWish();

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read();
    long now = ServeWish.now(deployment);
    ModelAnnouncer announcer = new ModelAnnouncer(deployment);
    List<Announcement> standing = announcer.standing();
    Announcement serving =
        AnnouncedVersions.serving(standing, announcer.next(now))
            .orElseThrow(() -> mistake(deployment, "none is announced", "announced"));
    Announcement before =
        AnnouncedVersions.before(standing, serving)
            .orElseThrow(
                () ->
                    mistake(
                        deployment,
                        serving.model() + " serves",
                        "a later version than the first announced"));
    Announced announced =
        wish.announce(
            deployment, new PublishedModel(ModelId.parse(before.model()), before.digest()), now);
    announced.note().ifPresent(console()::line);
    console()
        .line(
            "announced "
                + before.model()
                + " in place of "
                + serving.model()
                + ", serving "
                + ListedModel.serving(announced.announcement()));
    json(() -> ServeWish.json(announced));
    return 0;
  }

  private static UserMistake mistake(Deployment deployment, String found, String expected) {
    return new UserMistake(
        "model " + deployment.modelName() + ": " + found + " (must be " + expected + ")");
  }
}

package dev.eddy.pipeline.cli.models;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.announce.AnnouncedVersions;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.cli.command.DeploymentOption;
import dev.eddy.pipeline.cli.command.EddyCommand;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.settings.Require;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code eddy models retract}: takes back the announcement of a version that serves not yet, or is
 * a shadow.
 */
@Command(
    name = "retract",
    description =
        "Takes back the announcement of a version that does not serve yet, or of a shadow.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelsRetractCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();
  @Mixin private final NamedVersion version = new NamedVersion();

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read();
    ModelId id = version.of(deployment);
    ModelAnnouncer announcer = new ModelAnnouncer(deployment);
    List<Announcement> announced = announcer.announced();
    List<Announcement> standing = AnnouncedVersions.standing(announced);
    List<Announcement> ofVersion =
        standing.stream().filter(each -> each.model().equals(id.toString())).toList();
    Optional<Announcement> shadow =
        AnnouncedVersions.shadow(announced).filter(each -> each.model().equals(id.toString()));
    Require.that(
        !ofVersion.isEmpty() || shadow.isPresent(),
        NamedVersion.PLACE,
        id,
        "announced, which it is not");
    requireFuture(standing, ofVersion, ServeWish.now(deployment));
    List<String> digests =
        Stream.concat(ofVersion.stream(), shadow.stream())
            .map(Announcement::digest)
            .distinct()
            .toList();
    for (String digest : digests) {
      new ModelAnnouncer(deployment).retract(new PublishedModel(id, digest));
    }
    console().line("retracted " + id + ", as if it had never been announced");
    json(() -> Map.of("retracted", id.toString()));
    return 0;
  }

  /** What has served cannot be taken back: there are predictions of it. */
  private static void requireFuture(
      List<Announcement> standing, List<Announcement> ofVersion, long now) {
    for (Announcement each : ofVersion) {
      boolean serves =
          each.effectiveFrom() <= now
              || AnnouncedVersions.serving(standing, now).filter(each::equals).isPresent();
      Require.that(
          !serves,
          NamedVersion.PLACE,
          each.model() + " serves " + ListedModel.serving(each),
          "one that does not serve yet; eddy models rollback lets the one before serve again");
    }
  }
}

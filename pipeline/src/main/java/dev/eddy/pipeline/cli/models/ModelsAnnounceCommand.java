package dev.eddy.pipeline.cli.models;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelFile;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.announce.AnnouncedVersions;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.cli.command.DeploymentOption;
import dev.eddy.pipeline.cli.command.EddyCommand;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.judge.TrainingData;
import dev.eddy.pipeline.train.KeptModels;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.Require;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eddy models announce}: finishes what training could not: publishing and announcing. */
@Command(
    name = "announce",
    description = {
      "Announces a published version that training has not announced.",
      "With --kept it publishes a model first that the store did not take when it was trained.",
      "With --shadow any version is stepped beside the one that serves, from the newest",
      "observation on: it sends nothing, is scored where topics.evaluations is given, and goes on",
      "with the keys that it has when it is promoted. One version at a time is a shadow."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelsAnnounceCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Mixin private final NamedVersion version = new NamedVersion();

  @Option(
      names = "--kept",
      description = "A model that training has kept beside the deployment's file.")
  private boolean kept;

  @Option(
      names = "--files",
      description = "With --kept: publishes alone; needs no Kafka, announces nothing.")
  private boolean files;

  @Option(names = "--shadow", description = "Announces it as a shadow of what serves.")
  private boolean shadow;

  @Override
  public Integer call() throws IOException {
    Require.that(!files || !shadow, "--shadow", "given", "left out with --files");
    Require.that(!files || kept, "--files", "given", "left out without --kept");
    Deployment deployment = deploymentFile.read(files);
    ModelId named = version.of(deployment);
    if (!files) {
      DeploymentTopics.require(deployment);
    }
    ModelId id = kept ? publish(deployment, named) : named;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", id.toString());
    result.put("store", deployment.store());
    if (!files) {
      result.put("shadow", shadow);
      result.put("effectiveFrom", announce(deployment, id).effectiveFrom());
    }
    json(() -> result);
    return 0;
  }

  private ModelId publish(Deployment deployment, ModelId named) throws IOException {
    KeptModels models = KeptModels.of(deploymentFile.file());
    Optional<KeptModels.Kept> found = models.find(named);
    if (found.isEmpty()) {
      throw Require.mistake(
          "--kept", named, "one of those that are kept, " + models.list(named.name()));
    }
    ModelStore from = found.get().store();
    ModelFile file = from.describe(named);
    PublishedModel published =
        ModelStores.open(deployment.store())
            .publish(
                named.name(),
                file.spec(),
                from.load(named).weights(),
                file.provenance(),
                file.metrics(),
                from.beside(named));
    KeptModels.remove(found.get());
    console().line("published " + published.id() + " to " + deployment.store());
    return published.id();
  }

  private Announcement announce(Deployment deployment, ModelId id) {
    ModelStore store = ModelStores.open(deployment.store());
    PublishedModel version = new PublishedModel(id, store.digest(id));
    store.load(id, version.digest()); // only what can serve is announced
    ModelAnnouncer announcer = new ModelAnnouncer(deployment);
    List<Announcement> announced = announcer.announced();
    List<Announcement> earlier = AnnouncedVersions.standing(announced);
    Optional<Announcement> again =
        (shadow ? AnnouncedVersions.shadow(announced).stream() : earlier.stream())
            .filter(each -> each.model().equals(id.toString()))
            .findFirst();
    Announcement announcement =
        again.orElseGet(
            () ->
                shadow
                    ? sendShadow(deployment, announcer, version)
                    : send(announcer, version, store, earlier));
    console()
        .line(
            (again.isPresent() ? "announced already: " : "announced ")
                + id
                + (shadow ? ", " : ", serving ")
                + ListedModel.serving(announcement));
    if (shadow && deployment.topics().evaluations().isEmpty()) {
      console().line("it is not scored: topics.evaluations is not given");
    }
    return announcement;
  }

  private Announcement sendShadow(
      Deployment deployment, ModelAnnouncer announcer, PublishedModel version) {
    long from = announcer.next(ServeWish.now(deployment));
    Announced sent = announcer.announceShadow(version, from, deployment.serving().swap());
    sent.note().ifPresent(console()::line);
    return sent.announcement();
  }

  private Announcement send(
      ModelAnnouncer announcer,
      PublishedModel version,
      ModelStore store,
      List<Announcement> earlier) {
    for (Announcement each : earlier) {
      Require.that(
          ModelId.parse(each.model()).version() < version.id().version(),
          NamedVersion.PLACE,
          version.id(),
          "newer than " + each.model() + ", which is announced; eddy models promote announces it");
    }
    long newest =
        TrainingData.newest(store.describe(version.id()).provenance())
            .orElseThrow(
                () ->
                    Require.mistake(
                        NamedVersion.PLACE, version.id(), "a version that eddy train has made"));
    Announced announced = announcer.announce(version, newest);
    announced.note().ifPresent(console()::line);
    return announced.announcement();
  }
}

package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.file.Replay;
import dev.eddy.connectors.file.ReplayProgress;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import dev.eddy.connectors.shared.SharedReplay;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.shared.SharedFeatures;
import dev.eddy.settings.Require;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eddy replay}: sends CSV files to the observations topic. */
@Command(
    name = "replay",
    description = "Sends CSV files to the observations topic, merged by time.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ReplayCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Option(
      names = "--create-topics",
      description = "Creates the deployment's topics that do not exist; they keep their records.")
  private boolean createTopics;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Observations a second; that of the YAML unless given, 0 for no limit.")
  private @Nullable Double rate;

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read();
    ReplaySettings settings = deployment.requireReplay();
    if (rate != null) {
      Require.that(rate >= 0, "--rate", rate, "0 or more");
      settings = settings.withRate(rate);
    }
    if (createTopics) {
      DeploymentTopics.create(deployment)
          .forEach(topic -> console().line("created topic " + topic));
    }
    long start = System.nanoTime();
    long shared = sendShared(deployment, settings);
    ReplayProgress end = send(deployment, settings);
    double seconds = (System.nanoTime() - start) / 1e9;
    tell(deployment, end, seconds);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("topic", deployment.topics().observations());
    result.put("observations", end.sent());
    result.put("skipped", end.skipped());
    deployment.input().shared().ifPresent(from -> result.put("shared", shared));
    result.put("seconds", seconds);
    json(result);
    return 0;
  }

  /** Before the observations, as they would be known in time. */
  private long sendShared(Deployment deployment, ReplaySettings settings) {
    Optional<SharedFeatures> features = deployment.sharedFeatures();
    long sent =
        features
            .map(
                from ->
                    SharedReplay.send(
                        deployment.kafka(),
                        from.topic(),
                        settings,
                        from.records(),
                        console()::line))
            .orElse(0L);
    features
        .filter(from -> !settings.sharedFiles().isEmpty())
        .ifPresent(
            from ->
                console()
                    .line("sent " + Formats.count(sent) + " shared records to " + from.topic()));
    return sent;
  }

  private void tell(Deployment deployment, ReplayProgress end, double seconds) {
    console()
        .line(
            "sent "
                + Formats.count(end.sent())
                + " observations to "
                + deployment.topics().observations()
                + " in "
                + Formats.seconds(seconds)
                + (end.skipped() > 0
                    ? "; " + Formats.count(end.skipped()) + " rows did not parse"
                    : ""));
    deployment
        .input()
        .future()
        .ifPresent(
            known ->
                console()
                    .line(
                        "told ahead of time, as if it had been known: "
                            + String.join(", ", known.features())));
  }

  private ReplayProgress send(Deployment deployment, ReplaySettings settings) {
    try (ObservationPublisher publisher =
        new ObservationPublisher(
            deployment.kafka(),
            deployment.topics().observations(),
            deployment.observationSchema(),
            console()::line)) {
      ReplayProgress end =
          new Replay(settings, publisher::send, this::show).run(deployment.observationSchema());
      publisher.flush();
      return end;
    }
  }

  private void show(ReplayProgress progress) {
    console()
        .progress(
            "sent "
                + Formats.count(progress.sent())
                + " observations, "
                + Formats.percent(progress.fraction())
                + " of the files");
  }
}

package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.file.Replay;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import dev.eddy.connectors.shared.SharedReplay;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.deployment.Deployment;
import java.util.function.Predicate;

/**
 * Sends some of the observations of a deployment's files to its topic.
 *
 * @param deployment whose files and topic these are
 * @param console hears how many were sent
 */
record DemoReplay(Deployment deployment, Console console) {

  /** Sends what holds for all keys; that of the time held back is known no earlier for it. */
  void sendShared() {
    deployment
        .sharedFeatures()
        .ifPresent(
            from ->
                console.line(
                    "sent "
                        + SharedReplay.send(
                            deployment.kafka(),
                            from.topic(),
                            deployment.requireReplay(),
                            from.records(),
                            console::line)
                        + " shared records to "
                        + from.topic()));
  }

  /** Sends those that {@code which} admits; says how many. */
  long send(Predicate<Observation> which) {
    long[] sent = {0};
    try (ObservationPublisher publisher =
        new ObservationPublisher(
            deployment.kafka(),
            deployment.topics().observations(),
            deployment.observationSchema(),
            console::line)) {
      new Replay(
              deployment.requireReplay(),
              observation -> {
                if (which.test(observation)) {
                  publisher.send(observation);
                  sent[0]++;
                }
              },
              progress -> console.progress("  sent " + Formats.count(sent[0]) + " observations"))
          .run(deployment.observationSchema());
      publisher.flush();
    }
    return sent[0];
  }
}

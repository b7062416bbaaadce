package dev.eddy.pipeline.train;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.kafka.client.Patience;
import dev.eddy.model.history.History;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.judge.Champion;
import dev.eddy.pipeline.judge.Contest;
import dev.eddy.pipeline.judge.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Holds what was learned against the champion, before it is published: so the verdict is part of
 * what is published.
 *
 * @param folder for a store of its own, from which the new version is judged
 * @param patience with brokers that are away
 */
record VersionJudge(Deployment deployment, Path folder, TrainListener listener, Duration patience) {

  /**
   * How a training stands.
   *
   * @param failure why that could not be found out; empty if it was
   */
  record Judged(Optional<Verdict> verdict, Optional<RuntimeException> failure) {}

  /** The version that serves; empty if none does. */
  Optional<Champion> champion() throws Exception {
    return Champion.among(standing(), deployment.trustedStores());
  }

  private List<Announcement> standing() throws Exception {
    return new Patience(patience, listener::brokers)
        .until(new ModelAnnouncer(deployment)::standing);
  }

  /** What took long is not lost, for whatever reason it cannot be judged. */
  Judged judge(ModelPublisher.Learning learning) throws Exception {
    try {
      boolean first = standing().isEmpty();
      Verdict verdict = judge(learning, champion()).first(first);
      listener.judged(verdict);
      return new Judged(Optional.of(verdict), Optional.empty());
    } catch (RuntimeException e) {
      return new Judged(Optional.empty(), Optional.of(e));
    } catch (IOException | OutOfMemoryError e) {
      return new Judged(
          Optional.empty(), Optional.of(new IllegalStateException("not judged: " + e, e)));
    }
  }

  /** What is judged is what will serve. */
  private Verdict judge(ModelPublisher.Learning learning, Optional<Champion> champion)
      throws Exception {
    PublishedModel challenger =
        new ModelPublisher(deployment).publish(ModelStore.at(folder), learning, Optional.empty());
    try (History history =
        History.open(learning.history().files(), deployment.input().featureSchema())) {
      return new Contest(deployment, history)
          .judge(challenger, folder, champion, listener::judging);
    }
  }
}

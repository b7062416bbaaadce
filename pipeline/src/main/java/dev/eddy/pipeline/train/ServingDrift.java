package dev.eddy.pipeline.train;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.store.Learned;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.evaluation.report.Drift;
import dev.eddy.pipeline.evaluation.report.OnlineScores;
import dev.eddy.pipeline.evaluation.report.Scores;
import dev.eddy.pipeline.judge.Champion;
import dev.eddy.settings.UserMistake;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says whether the newest announced version has drifted: whether a drift of it is newer than what
 * it has learned, and than its beginning to serve.
 *
 * @param model the version
 * @param drift its newest such drift
 * @param until how far it was evaluated; empty if it never was
 */
public record ServingDrift(String model, Optional<Drift> drift, Optional<Instant> until) {

  /**
   * Reads the announcements and the evaluations.
   *
   * @throws UserMistake where there are no evaluations, or no version that could drift
   */
  public static ServingDrift of(Deployment deployment) {
    String topic =
        deployment
            .topics()
            .evaluations()
            .orElseThrow(
                () ->
                    new UserMistake(
                        "topics.evaluations: missing (must be given for --if-drifted: eddy run"
                            + " writes drifts there)"));
    List<Announcement> standing = new ModelAnnouncer(deployment).standing();
    Champion champion =
        Champion.among(standing, deployment.trustedStores())
            .orElseThrow(
                () ->
                    new UserMistake(
                        "topics.models: "
                            + deployment.topics().models()
                            + ": no version that serves (--if-drifted must have one; train without"
                            + " it first)"));
    String model = champion.model().id().toString();
    long since = Math.max(servesFrom(standing, model), learnedUntil(champion));
    OnlineScores online = OnlineScores.read(deployment.kafka(), topic, model);
    Optional<Drift> newest =
        online.drifts().stream().filter(each -> each.time() > since).reduce((one, next) -> next);
    return new ServingDrift(
        model, newest, online.serving().map(Scores::to).map(Instant::ofEpochMilli));
  }

  /** By its last announcement: a version that serves again begins anew. */
  private static long servesFrom(List<Announcement> standing, String model) {
    return standing.stream()
        .filter(each -> each.model().equals(model))
        .mapToLong(Announcement::effectiveFrom)
        .reduce((one, next) -> next)
        .orElse(Long.MIN_VALUE);
  }

  private static long learnedUntil(Champion champion) {
    return champion
        .file()
        .provenance()
        .learned()
        .map(Learned::trainedUntil)
        .map(Instant::toEpochMilli)
        .orElse(Long.MIN_VALUE);
  }

  /** What was found, in one line. */
  public String line() {
    return drift
        .map(
            each ->
                model
                    + " has drifted since "
                    + Instant.ofEpochMilli(each.since())
                    + ": its error beside the naive forecast's has risen by "
                    + Math.round(100 * each.rise())
                    + " %")
        .orElseGet(
            () ->
                model
                    + until
                        .map(each -> " has not drifted until " + each)
                        .orElse(" has not been evaluated yet")
                    + ": nothing is trained");
  }
}

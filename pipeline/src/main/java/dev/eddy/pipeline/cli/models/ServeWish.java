package dev.eddy.pipeline.cli.models;

import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.announce.NewestObservation;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.UserMistake;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From when on an announced version is to serve, and how keys move over to it. */
final class ServeWish {
  @Option(
      names = "--effective-from",
      paramLabel = "TIME",
      description = {
        "The first event time that it serves, such as 2026-01-31T12:00:00Z.",
        "By default just after the newest observation, and serving.activation-lead later."
      })
  private @Nullable String from;

  @Option(
      names = "--policy",
      paramLabel = "WORD",
      description = "How keys move over; by default what serving.swap says.")
  private @Nullable String policy;

  /** The event time of the newest observation, of which the wish goes out. */
  static long now(Deployment deployment) {
    return NewestObservation.time(deployment).orElse(Long.MIN_VALUE);
  }

  /**
   * Announces a version so.
   *
   * @param now event time of the newest observation
   */
  Announced announce(Deployment deployment, PublishedModel version, long now) {
    ModelStores.open(deployment.store())
        .load(version.id(), version.digest()); // only what can serve is announced
    return new ModelAnnouncer(deployment)
        .announce(version, effectiveFrom(deployment, now), swap(deployment));
  }

  /** What the command's {@code --json} says of it. */
  static Map<String, Object> json(Announced announced) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", announced.announcement().model());
    json.put("effectiveFrom", announced.announcement().effectiveFrom());
    json.put("swap", announced.announcement().swap());
    return json;
  }

  private SwapPolicy swap(Deployment deployment) {
    if (policy == null) {
      return deployment.serving().swap();
    }
    try {
      return SwapPolicy.of(policy);
    } catch (IllegalArgumentException e) {
      throw new UserMistake("--policy: " + e.getMessage(), e);
    }
  }

  private long effectiveFrom(Deployment deployment, long now) {
    OptionalLong wanted = wanted();
    return wanted.isPresent() ? wanted.getAsLong() : new ModelAnnouncer(deployment).next(now);
  }

  private OptionalLong wanted() {
    if (from == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Instant.parse(from).toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new UserMistake(
          "--effective-from: " + from + " (must be a time such as 2026-01-31T12:00:00Z)", e);
    }
  }
}

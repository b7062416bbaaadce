package dev.eddy.pipeline.announce;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.kafka.client.AnnouncementPublisher;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.UserMistake;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Announces published versions on the models topic. A name's first version serves from the
 * beginning of time; a later one from just after the newest observation that it may have been
 * judged on, plus the deployment's activation lead, because observations before that have been
 * predicted already.
 */
public final class ModelAnnouncer {
  private final Deployment deployment;
  private final String id = UUID.randomUUID().toString(); // who reads it twice takes it once

  /**
   * How a version was announced.
   *
   * @param announcement what was sent
   * @param first whether it is the first of its name
   * @param note why the swap policy is not the one asked for, and what is too small for the
   *     version's predictions; empty if all is well
   */
  public record Announced(Announcement announcement, boolean first, Optional<String> note) {}

  /** Announces one version on the deployment's models topic, however often it is tried. */
  public ModelAnnouncer(Deployment deployment) {
    this.deployment = deployment;
  }

  /**
   * Announces a version.
   *
   * @param newest event time that it may have been judged on, epoch milliseconds
   */
  public Announced announce(PublishedModel version, long newest) {
    return announce(version, next(newest), deployment.serving().swap());
  }

  /**
   * The first event time that a version announced now can serve.
   *
   * @param newest event time that there may be predictions of; {@code Long.MIN_VALUE} for none
   */
  public long next(long newest) {
    long lead = Math.max(1, deployment.serving().activationLead().toMillis());
    return newest == Long.MIN_VALUE ? newest : Math.addExact(newest, lead);
  }

  /**
   * Announces a version as it is asked for; the first that stands serves from the beginning of time
   * all the same.
   *
   * @param effectiveFrom first event time that it is to serve, epoch milliseconds
   */
  public Announced announce(PublishedModel version, long effectiveFrom, SwapPolicy wanted) {
    List<Announcement> earlier = standing().stream().filter(each -> !each.id().equals(id)).toList();
    if (earlier.isEmpty()) {
      return publish(announcement(version, Long.MIN_VALUE, wanted), true, Optional.empty());
    }
    Optional<String> note = obstacle(version.id(), earlier.get(earlier.size() - 1), wanted);
    SwapPolicy swap = note.isEmpty() ? wanted : SwapPolicy.RESET;
    return publish(announcement(version, effectiveFrom, swap), false, note);
  }

  /**
   * Announces a version that is to be stepped beside the one that serves, as its shadow.
   *
   * @param effectiveFrom first event time at which it is, epoch milliseconds
   * @throws UserMistake if none serves, or itself does
   */
  public Announced announceShadow(PublishedModel version, long effectiveFrom, SwapPolicy wanted) {
    Announcement serving =
        AnnouncedVersions.serving(standing(), effectiveFrom)
            .orElseThrow(() -> noShadow("nothing serves yet", "announced without --shadow first"));
    if (serving.digest().equals(version.digest())) {
      throw noShadow(
          serving.model() + " serves itself", "another version than the one that serves");
    }
    Optional<String> note = obstacle(version.id(), serving, wanted);
    SwapPolicy swap = note.isEmpty() ? wanted : SwapPolicy.RESET;
    return publish(announcement(version, effectiveFrom, swap).asShadow(), false, note);
  }

  private UserMistake noShadow(String found, String expected) {
    return new UserMistake(
        "--shadow: " + deployment.modelName() + ": " + found + " (must be " + expected + ")");
  }

  private Announcement announcement(PublishedModel version, long effectiveFrom, SwapPolicy swap) {
    return new Announcement(
        id,
        version.id().toString(),
        effectiveFrom,
        swap.configName(),
        version.digest(),
        deployment.store());
  }

  private Announced publish(Announcement announcement, boolean first, Optional<String> note) {
    AnnouncementPublisher.publish(deployment.kafka(), deployment.topics().models(), announcement);
    String notes =
        Stream.concat(note.stream(), PredictionRoom.missing(deployment, announcement).stream())
            .collect(Collectors.joining("\n"));
    return new Announced(
        announcement, first, notes.isEmpty() ? Optional.empty() : Optional.of(notes));
  }

  /** Takes back all that was announced of a version. */
  public Announcement retract(PublishedModel version) {
    Announcement retraction =
        Announcement.retraction(id, version.id().toString(), version.digest());
    AnnouncementPublisher.publish(deployment.kafka(), deployment.topics().models(), retraction);
    return retraction;
  }

  /** What has been announced to serve and not retracted since, in order. */
  public List<Announcement> standing() {
    return AnnouncedVersions.standing(announced());
  }

  /** What has been announced of the deployment's model, retractions too, in order. */
  public List<Announcement> announced() {
    return AnnouncedVersions.of(
        deployment.kafka(), deployment.topics().models(), deployment.modelName());
  }

  /** Why hidden state cannot be carried over to {@code next}; empty if it can, or need not. */
  private Optional<String> obstacle(ModelId next, Announcement last, SwapPolicy wanted) {
    if (wanted != SwapPolicy.CARRY) {
      return Optional.empty();
    }
    try {
      ModelStore store = ModelStores.open(deployment.trustedStores().of(last));
      NetworkShape before = store.describe(ModelId.parse(last.model())).spec().network();
      NetworkShape after = ModelStores.open(deployment.store()).describe(next).spec().network();
      return before.sharesStateWith(after)
          ? Optional.empty()
          : Optional.of(
              "swap: reset instead of carry, because "
                  + last.model()
                  + " has "
                  + before.summary()
                  + " and "
                  + next
                  + " has "
                  + after.summary());
    } catch (ModelRefusedException | UnusableStoreException | UserMistake e) {
      return Optional.of("swap: reset instead of carry, because " + e.getMessage());
    }
  }
}

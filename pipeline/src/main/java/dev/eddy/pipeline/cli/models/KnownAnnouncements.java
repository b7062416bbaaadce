package dev.eddy.pipeline.cli.models;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.pipeline.announce.AnnouncedVersions;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.settings.UserMistake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is announced of a deployment's model, as far as brokers tell.
 *
 * @param last the last announcement of each version, by its name; of the shadow that of the shadow
 * @param wrong why that is not known; empty if it is
 */
record KnownAnnouncements(Map<String, Announcement> last, List<String> wrong) {
  KnownAnnouncements {
    last = Map.copyOf(last);
    wrong = List.copyOf(wrong);
  }

  /** Asks the brokers; one that does not answer hides nothing of what is in the store. */
  static KnownAnnouncements of(Deployment deployment) {
    Map<String, Announcement> last = new HashMap<>();
    try {
      List<Announcement> announced = new ModelAnnouncer(deployment).announced();
      AnnouncedVersions.standing(announced).forEach(each -> last.put(each.model(), each));
      AnnouncedVersions.shadow(announced).ifPresent(each -> last.put(each.model(), each));
      return new KnownAnnouncements(last, List.of());
    } catch (UserMistake e) {
      return new KnownAnnouncements(Map.of(), e.lines());
    }
  }

  /** Whether the brokers have answered. */
  boolean known() {
    return wrong.isEmpty();
  }

  Optional<Announcement> of(String model) {
    return Optional.ofNullable(last.get(model));
  }
}

package dev.eddy.pipeline.cli.models;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.announce.AnnouncedVersions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says which published versions nobody needs.
 *
 * @param kept why each is kept that is, ascending
 * @param pruned the others, ascending
 */
record PrunePlan(Map<ModelId, String> kept, List<ModelId> pruned) {
  PrunePlan {
    pruned = List.copyOf(pruned);
  }

  /**
   * Of what is known.
   *
   * @param published versions in the store, ascending
   * @param keep how many of the newest stay in any case
   * @param announced announcements in broker order, shadows and retractions too
   * @param now event time of the newest observation
   * @param needed how many keys of the job need a version, by its number; 0 for one that serves
   */
  static PrunePlan of(
      List<ModelId> published,
      int keep,
      List<Announcement> announced,
      long now,
      Map<Integer, Long> needed) {
    Map<String, String> standing = standing(announced, now);
    Map<ModelId, String> kept = new LinkedHashMap<>();
    List<ModelId> pruned = new ArrayList<>();
    for (int at = 0; at < published.size(); at++) {
      ModelId id = published.get(at);
      boolean newest = at >= published.size() - keep;
      Optional<String> why =
          Optional.ofNullable(standing.get(id.toString()))
              .or(() -> ofJob(needed, id.version()))
              .or(() -> newest ? Optional.of("one of the newest " + keep) : Optional.empty());
      why.ifPresentOrElse(reason -> kept.put(id, reason), () -> pruned.add(id));
    }
    return new PrunePlan(kept, pruned);
  }

  private static Optional<String> ofJob(Map<Integer, Long> needed, int version) {
    return Optional.ofNullable(needed.get(version))
        .map(keys -> keys == 0 ? "the job has not come past it" : keys + " keys need it");
  }

  /** Why announced versions are needed, by their names; what serves may be rolled back. */
  private static Map<String, String> standing(List<Announcement> announced, long now) {
    List<Announcement> standing = AnnouncedVersions.standing(announced);
    Map<String, String> why = new LinkedHashMap<>();
    Optional<Announcement> serving = AnnouncedVersions.serving(standing, now);
    if (serving.isEmpty()) {
      return why;
    }
    why.put(serving.get().model(), "serves");
    for (Announcement each : standing) {
      if (each.effectiveFrom() > now) {
        why.putIfAbsent(each.model(), "is to serve " + ListedModel.serving(each));
      }
    }
    for (Announcement each : AnnouncedVersions.shadows(announced, now)) {
      why.putIfAbsent(each.model(), shadowing(each, announced, now));
    }
    AnnouncedVersions.before(standing, serving.get())
        .ifPresent(each -> why.putIfAbsent(each.model(), "a rollback lets it serve"));
    return why;
  }

  private static String shadowing(Announcement shadow, List<Announcement> announced, long now) {
    if (shadow.effectiveFrom() > now) {
      return "is to be stepped " + ListedModel.serving(shadow);
    }
    return AnnouncedVersions.shadow(announced, now).filter(shadow::equals).isPresent()
        ? "is the shadow"
        : "a retraction lets it be the shadow";
  }
}

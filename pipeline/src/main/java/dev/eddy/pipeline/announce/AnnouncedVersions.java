package dev.eddy.pipeline.announce;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.kafka.AnnouncementReader;
import dev.eddy.model.spec.ModelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what has been announced under one name. */
public final class AnnouncedVersions {
  private AnnouncedVersions() {}

  /**
   * The announcements of {@code name} on the models topic, in broker order.
   *
   * @param kafka passed to the client as is
   */
  public static List<Announcement> of(Map<String, String> kafka, String modelsTopic, String name) {
    return AnnouncementReader.readToEnd(kafka, modelsTopic).stream()
        .filter(each -> ModelId.parse(each.model()).name().equals(name))
        .toList();
  }

  /**
   * The one that serves event time {@code time}: the last of those whose time has come, or the
   * first where none has; empty if there is none.
   *
   * @param standing announcements in broker order, none of them retracted
   */
  public static Optional<Announcement> serving(List<Announcement> standing, long time) {
    Optional<Announcement> come =
        standing.stream()
            .filter(each -> each.effectiveFrom() <= time)
            .reduce((earlier, later) -> later);
    return come.or(() -> standing.stream().findFirst());
  }

  /**
   * What a rollback goes back to: the last of another version before the first of this one.
   *
   * @param standing announcements in broker order, none of them retracted
   */
  public static Optional<Announcement> before(List<Announcement> standing, Announcement serving) {
    return standing.stream()
        .takeWhile(each -> !each.digest().equals(serving.digest()))
        .reduce((earlier, later) -> later);
  }

  /**
   * Those that announce a version to serve and have not been retracted since, in the same order.
   */
  public static List<Announcement> standing(List<Announcement> announced) {
    List<Announcement> standing = new ArrayList<>();
    for (Announcement each : announced) {
      if (each.retracts()) {
        List<Announcement> others =
            standing.stream()
                .filter(
                    earlier ->
                        !earlier.model().equals(each.model())
                            || !earlier.digest().equals(each.digest()))
                .toList();
        if (!others.isEmpty()) { // something must serve
          standing = new ArrayList<>(others);
        }
      } else if (!each.shadow()) {
        standing.add(each);
      }
    }
    return standing;
  }

  /**
   * The shadow: the one announced last that has not been retracted; empty where there is none, or
   * where it has been announced to serve since.
   */
  public static Optional<Announcement> shadow(List<Announcement> announced) {
    return shadow(announced, Long.MAX_VALUE);
  }

  /** The shadow, as {@link #shadow(List)}, of those whose time has come at an event time. */
  public static Optional<Announcement> shadow(List<Announcement> announced, long time) {
    return last(come(shadows(announced), time)).filter(one -> !servesSince(one, announced));
  }

  /**
   * The shadows from an event time on: the one at that time, those that are planned, and the one
   * that takes its place if it is retracted; in broker order.
   */
  public static List<Announcement> shadows(List<Announcement> announced, long time) {
    List<Announcement> shadows = shadows(announced);
    List<Announcement> come = come(shadows, time);
    List<Announcement> below =
        come.stream().filter(each -> !isOf(each, come.get(come.size() - 1))).toList();
    List<Announcement> past = new ArrayList<>(come);
    last(come).ifPresent(past::remove);
    last(below).ifPresent(past::remove);
    return shadows.stream()
        .filter(each -> !past.contains(each) && !servesSince(each, announced))
        .toList();
  }

  private static List<Announcement> come(List<Announcement> shadows, long time) {
    return shadows.stream().filter(each -> each.effectiveFrom() <= time).toList();
  }

  /** Those that announce a shadow and have not been retracted since, in the same order. */
  private static List<Announcement> shadows(List<Announcement> announced) {
    List<Announcement> shadows = new ArrayList<>();
    for (Announcement each : announced) {
      if (each.retracts()) {
        shadows.removeIf(one -> isOf(each, one));
      } else if (each.shadow()) {
        shadows.add(each);
      }
    }
    return shadows;
  }

  private static Optional<Announcement> last(List<Announcement> shadows) {
    return shadows.isEmpty() ? Optional.empty() : Optional.of(shadows.get(shadows.size() - 1));
  }

  private static boolean servesSince(Announcement shadow, List<Announcement> announced) {
    return announced.subList(announced.indexOf(shadow), announced.size()).stream()
        .anyMatch(each -> !each.shadow() && !each.retracts() && isOf(each, shadow));
  }

  /** Whether two are of one version and digest. */
  private static boolean isOf(Announcement one, Announcement other) {
    return one.model().equals(other.model()) && one.digest().equals(other.digest());
  }
}

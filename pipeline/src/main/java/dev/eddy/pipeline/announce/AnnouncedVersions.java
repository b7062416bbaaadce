package dev.eddy.pipeline.announce;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.kafka.AnnouncementReader;
import dev.eddy.model.spec.ModelId;
import java.util.List;
import java.util.Map;

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
}

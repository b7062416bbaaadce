package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.Announcement;
import java.io.Serializable;
import java.util.List;

/** Lists every announcement made so far, read anew by each subtask when it starts. */
@FunctionalInterface
public interface AnnouncementLog extends Serializable {
  /** All committed announcements, in broker order. */
  List<Announcement> read() throws Exception;
}

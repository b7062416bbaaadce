package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.PrunedVersionException;
import dev.eddy.model.store.UnusableStoreException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells why versions are refused: each announcement once, in a metric, the log and the console. */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

  private final VersionSettings settings;
  private final VersionWatch watch;
  private final Set<String> told = new HashSet<>(); // ids of announcements
  private @Nullable String last;
  private boolean unread; // whether files of some version could not be read

  RefusalLog(VersionSettings settings, VersionWatch watch) {
    this.settings = settings;
    this.watch = watch;
  }

  /**
   * An announcement is refused.
   *
   * @param first whether this subtask is the first of its process to find out
   * @param standing what serves in its place
   */
  void tell(Announcement announcement, @Nullable Throwable cause, boolean first, String standing) {
    ModelId model = ModelId.parse(announcement.model());
    unread |= !(cause instanceof ModelRefusedException);
    String why = reason(cause) + settings.stores().remark(announcement);
    last = model + ": " + why;
    if (told.add(announcement.id())) {
      if (cause instanceof PrunedVersionException) {
        LOG.info("{}; {}", why, standing);
        return; // it was asked for
      }
      watch.refused();
      if (first) {
        LOG.error(
            "model {} is refused: {} (announcement {}; {})",
            model,
            why,
            announcement.id(),
            standing);
        Refusals.tell(model, why);
      }
    }
  }

  /** Why the last one is; null if none is. */
  @Nullable String last() {
    return last;
  }

  /** Whether some may be readable at another time. */
  boolean mayPass() {
    return unread;
  }

  /** All are tried again. */
  void forgive() {
    unread = false;
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause instanceof TimeoutException) {
      return "the store takes the call and does not answer (must answer within "
          + ModelCache.PATIENCE_SECONDS
          + " s)";
    }
    return cause instanceof ModelRefusedException || cause instanceof UnusableStoreException
        ? String.valueOf(cause.getMessage())
        : String.valueOf(cause);
  }
}

package dev.eddy.connectors.shared;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.ReplayReader;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the files of values that hold for all keys, as those of observations are read: a row is a
 * time and values. Values to come are told as early as they are of use, as a replay does.
 */
public final class SharedFiles {
  private SharedFiles() {}

  /**
   * Reads all of them, whatever the period that is replayed: what holds in it may have been told
   * before.
   *
   * @param replay how files are read; {@code shared-files} says which
   * @param schema of the shared records
   * @param target takes each row in the order of time, with its place as its offset
   * @return how many there were
   * @throws dev.eddy.settings.UserMistake at a row that does not parse, unless such rows are
   *     skipped
   */
  public static long read(
      ReplaySettings replay, ObservationSchema schema, Consumer<KeyedEvent> target) {
    if (replay.sharedFiles().isEmpty()) {
      return 0;
    }
    long rows = 0;
    try (ReplayReader reader =
        new ReplayReader("replay.shared-files", settings(replay, schema), schema)) {
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        target.accept(placed(each, rows++));
      }
    }
    return rows;
  }

  /** The rows of one key, whose columns have the names of the features. */
  private static ReplaySettings settings(ReplaySettings replay, ObservationSchema schema) {
    Map<String, String> rename = new HashMap<>(replay.rename());
    rename.values().removeIf(name -> !schema.numeric().contains(name));
    Map<String, Object> changes = new HashMap<>();
    changes.put("files", replay.sharedFiles());
    changes.put("shared-files", List.of());
    changes.put("layout", ReplaySettings.Layout.LONG);
    changes.put("wide", Optional.empty());
    changes.put("key", Optional.of(KeySettings.ofConstant(SharedRecords.KEY)));
    changes.put("rename", rename);
    changes.put("labels", Map.of());
    changes.put("from", Optional.empty());
    changes.put("to", Optional.empty());
    changes.put("rate", 0.0);
    return Settings.with(replay, changes);
  }

  private static KeyedEvent placed(Observation row, long offset) {
    return new Observation(
        row.key(),
        row.time(),
        row.numeric(),
        row.categories(),
        row.label(),
        row.future(),
        0,
        offset,
        row.recordTime());
  }
}

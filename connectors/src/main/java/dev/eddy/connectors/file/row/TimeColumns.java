package dev.eddy.connectors.file.row;

import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.connectors.serde.json.IsoTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event time of one file's rows, and whether it lies within the period to send. */
final class TimeColumns {
  private final TimeSettings settings;
  private final int[] indices;
  private final RowTime time;
  private final long from;
  private final long to;

  TimeColumns(ReplaySettings replay, Columns columns) {
    settings = replay.time();
    indices = columns.indicesOf(settings.columns(), "replay.time");
    time = RowTime.of(settings);
    from = replay.from().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
    to = replay.to().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
  }

  int[] indices() {
    return indices;
  }

  boolean inPeriod(long millis) {
    return millis >= from && millis < to;
  }

  /** Epoch milliseconds. */
  long read(List<String> cells, long row) {
    List<String> parts = new ArrayList<>(indices.length);
    for (int index : indices) {
      parts.add(cells.get(index));
    }
    try {
      long millis = time.read(parts, row);
      if (IsoTime.inRange(millis)) {
        return millis;
      }
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw wrong(parts, e);
    }
    throw wrong(parts, null);
  }

  private RowException wrong(List<String> parts, @Nullable RuntimeException cause) {
    return new RowException(
        String.join(", ", settings.columns())
            + ": "
            + String.join(", ", parts)
            + " (must be "
            + time.expected()
            + ")",
        cause);
  }
}

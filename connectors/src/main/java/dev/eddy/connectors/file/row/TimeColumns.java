package dev.eddy.connectors.file.row;

import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.connectors.serde.json.IsoTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The event time of one file's rows, and whether it lies within the period to send. */
public final class TimeColumns {
  private final TimeSettings settings;
  private final int[] indices;
  private final WallClock clock;
  private final RowTime time;
  private final long from;
  private final long to;

  TimeColumns(ReplaySettings replay, Columns columns) {
    this(replay.time(), replay.decimal(), replay.from(), replay.to(), columns);
  }

  /** Of rows in any period. */
  public TimeColumns(TimeSettings settings, char decimal, Columns columns) {
    this(settings, decimal, Optional.empty(), Optional.empty(), columns);
  }

  private TimeColumns(
      TimeSettings settings,
      char decimal,
      Optional<Instant> first,
      Optional<Instant> end,
      Columns columns) {
    this.settings = settings;
    indices = columns.indicesOf(settings.columns(), "replay.time");
    clock = new WallClock(settings.zone());
    time = RowTime.of(settings, decimal, clock);
    from = first.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
    to = end.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
  }

  int[] indices() {
    return indices;
  }

  boolean inPeriod(long millis) {
    return millis >= from && millis < to;
  }

  /** Rows of an hour that came twice, in its second pass. */
  long secondPasses() {
    return clock.secondPasses();
  }

  /**
   * Epoch milliseconds.
   *
   * @param cells of the whole row
   * @param row its number in the file, or in its key where there is no column of times
   * @param key whose row it is
   * @throws RowException naming the columns, the cells and what was expected
   */
  public long read(List<String> cells, long row, String key) {
    List<String> parts = new ArrayList<>(indices.length);
    for (int index : indices) {
      parts.add(cells.get(index));
    }
    try {
      long millis = time.read(parts, row, key);
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
        "no time",
        String.join(", ", settings.columns())
            + ": "
            + String.join(", ", parts)
            + " (must be "
            + time.expected()
            + ")",
        cause);
  }
}

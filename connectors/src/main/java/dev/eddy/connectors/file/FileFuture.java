package dev.eddy.connectors.file;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells each observation of files what they hold of its key's future: a key's first observation is
 * told everything within reach, a later one what has come within reach since. So each value is told
 * once, as early as it is of use; a missing one is not, and nothing is told of what lies behind the
 * key's last row. Files hold what came true: this pretends that it was told ahead of time.
 *
 * <p>The order stays that of the source. An observation waits until its key's future is read as far
 * as it reaches, so as many wait as the source has rows within that reach; beyond four times what
 * evenly interleaved keys need, the one that has waited longest goes with what is read so far, and
 * its key's next ones bring the rest. Thread confined.
 */
final class FileFuture {
  private static final int LEAST_ROOM = 1 << 16;
  private static final int SLACK = 4;

  /** Gives observations in order of time, or of the files; null at the end. */
  interface Source {
    @Nullable Observation next();
  }

  /** One observation on its way. */
  private record Row(Observation observation, KeyRows key, long number, long period) {}

  /** What is read of one key. */
  private static final class KeyRows {
    final Deque<Row> untold = new ArrayDeque<>(); // none of their values has been told
    long firstTime;
    long rows;
    long lastPeriod;
  }

  private final Source source;
  private final FutureFields fields;
  private final int[] features; // [future features] place among the numeric ones
  private final Map<String, KeyRows> keys = new HashMap<>();
  private final Deque<Row> waiting = new ArrayDeque<>();
  private long newestTime = Long.MIN_VALUE;
  private boolean ended;

  // The values for the observation that goes next.
  private long[] when = new long[8];
  private int[] which = new int[8];
  private double[] values = new double[8];
  private int size;

  FileFuture(Source source, ObservationSchema schema) {
    this.source = source;
    this.fields = schema.future();
    this.features = fields.features().stream().mapToInt(schema.numeric()::indexOf).toArray();
  }

  /** The next observation; null at the end. */
  @Nullable Observation next() {
    while (!ended && !isReady()) {
      read();
    }
    Row row = waiting.poll();
    return row == null ? null : row.observation.withFuture(future(row));
  }

  private boolean isReady() {
    Row head = waiting.peek();
    if (head == null) {
      return false;
    }
    return isFarEnough(head) || waiting.size() > room();
  }

  /** Whether no row to come can lie within reach of {@code head}. */
  private boolean isFarEnough(Row head) {
    long ahead = head.key.lastPeriod - head.period;
    long interval = fields.intervalMillis();
    if (interval == 0) {
      return ahead >= fields.reach();
    }
    return ahead > fields.reach()
        || newestTime - head.observation.time() > (fields.reach() + 1L) * interval;
  }

  private long room() {
    return Math.max(LEAST_ROOM, (fields.reach() + 1L) * keys.size() * SLACK);
  }

  private void read() {
    Observation next = source.next();
    if (next == null) {
      ended = true;
      return;
    }
    newestTime = Math.max(newestTime, next.time());
    KeyRows key = keys.computeIfAbsent(next.key(), name -> new KeyRows());
    if (key.rows == 0) {
      key.firstTime = next.time();
    }
    long number = key.rows++;
    long interval = fields.intervalMillis();
    // The interval whose centre is nearest, as the model counts them from the key's first time.
    long period =
        interval == 0
            ? number
            : Math.floorDiv(next.time() - key.firstTime + (interval - 1) / 2, interval);
    key.lastPeriod = Math.max(key.lastPeriod, period);
    Row row = new Row(next, key, number, period);
    key.untold.add(row);
    waiting.add(row);
  }

  private FutureValues future(Row row) {
    size = 0;
    Deque<Row> untold = row.key.untold;
    for (Row each = untold.peek(); each != null; each = untold.peek()) {
      if (each.period - row.period > fields.reach()) {
        break;
      }
      untold.remove();
      if (each.number > row.number) {
        tell(each, row);
      }
    }
    return size == 0
        ? FutureValues.NONE
        : new FutureValues(
            Arrays.copyOf(when, size), Arrays.copyOf(which, size), Arrays.copyOf(values, size));
  }

  private void tell(Row future, Row to) {
    for (int feature : features) {
      double value = future.observation.numeric()[feature];
      if (!Double.isNaN(value)) {
        if (size == values.length) {
          when = Arrays.copyOf(when, 2 * size);
          which = Arrays.copyOf(which, 2 * size);
          values = Arrays.copyOf(values, 2 * size);
        }
        when[size] =
            fields.intervalMillis() == 0 ? future.number - to.number : future.observation.time();
        which[size] = feature;
        values[size] = value;
        size++;
      }
    }
  }
}

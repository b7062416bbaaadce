package dev.eddy.model.history;

import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawFutureUpdate;
import dev.eddy.model.spec.RawInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The observation that a key would begin with if it began in the midst of its history: what was
 * told of the future before comes with it, as it does with a new key's first observation.
 */
public final class ToldFuture {
  private final KeyHistory history;
  private final int reach; // 0 where nothing is known ahead
  private final long interval; // ms; 0: the future counts observations
  private final List<RawFuture> parts = new ArrayList<>();

  public ToldFuture(KeyHistory history, InputEncoding encoding) {
    this.history = history;
    this.reach = encoding.future().map(InputEncoding.Future::reach).orElse(0);
    this.interval = encoding.interval().map(Duration::toMillis).orElse(0L);
  }

  /** Observation {@code row} with everything that its key had told of its future by then. */
  public RawInput first(int row) {
    RawInput input = history.inputs().get(row);
    if (reach == 0 || row == 0) {
      return input;
    }
    parts.clear();
    for (int told = begin(row); told < row; told++) {
      add(history.inputs().get(told).future(), row - told);
      for (RawFutureUpdate futureUpdate : history.futureUpdatesBefore(told + 1)) {
        add(futureUpdate.future(), row - told);
      }
    }
    parts.add(input.future());
    return new RawInput(input.time(), input.numeric(), input.categories(), joined());
  }

  /** The first row whose future may reach {@code row}. */
  private int begin(int row) {
    int begin = row;
    while (begin > 0 && isWithinReach(begin - 1, row)) {
      begin--;
    }
    return begin;
  }

  private boolean isWithinReach(int told, int row) {
    return interval == 0
        ? row - told <= reach
        : history.time(row) - history.time(told) <= (reach + 1) * interval;
  }

  private void add(RawFuture future, int rowsAgo) {
    if (interval > 0 || future.size() == 0) {
      parts.add(future);
      return;
    }
    long[] when = future.when().clone();
    for (int i = 0; i < when.length; i++) {
      when[i] -= rowsAgo;
    }
    parts.add(new RawFuture(when, future.features(), future.values()));
  }

  private RawFuture joined() {
    int size = parts.stream().mapToInt(RawFuture::size).sum();
    RawFuture all = new RawFuture(new long[size], new int[size], new double[size]);
    int at = 0;
    for (RawFuture part : parts) {
      System.arraycopy(part.when(), 0, all.when(), at, part.size());
      System.arraycopy(part.features(), 0, all.features(), at, part.size());
      System.arraycopy(part.values(), 0, all.values(), at, part.size());
      at += part.size();
    }
    return all;
  }
}

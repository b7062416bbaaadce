package dev.eddy.model.training;

import dev.eddy.model.spec.RawInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key's observations, all in memory.
 *
 * @param key the series key
 * @param inputs raw inputs in the order of the history
 * @param labels the class of each observation, null where unknown
 */
public record KeyHistory(String key, List<RawInput> inputs, @Nullable String[] labels) {
  /** Number of observations. */
  public int length() {
    return inputs.size();
  }

  /** Event time of observation {@code index}, epoch milliseconds. */
  public long time(int index) {
    return inputs.get(index).time();
  }
}

package dev.eddy.pipeline.state;

import dev.eddy.connectors.event.FutureValues;
import dev.eddy.model.encoding.KeyMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the records of a key's recent inputs, in the order in which they came. */
public sealed interface RecentRecord {
  /**
   * The first one of a half.
   *
   * @param model which served the key then
   * @param memory what it remembered of the key before the inputs that follow
   */
  record Begin(ExactModel model, KeyMemory memory) implements RecentRecord {}

  /** Which fields the inputs that follow have. */
  record Fields(List<String> numeric, List<String> categorical) implements RecentRecord {
    /** Never 0, which stands for none. */
    public int fingerprint() {
      return List.of(numeric, categorical).hashCode() | 1;
    }
  }

  /**
   * An observation that was in order.
   *
   * @param setBack whether it set its key's clock back
   */
  record Input(
      long time,
      double[] numeric,
      @Nullable String[] categories,
      FutureValues future,
      boolean setBack)
      implements RecentRecord {}

  /** A future update. */
  record Told(FutureValues future) implements RecentRecord {}
}

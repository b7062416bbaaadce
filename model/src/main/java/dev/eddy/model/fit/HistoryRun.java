package dev.eddy.model.fit;

import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.spec.RawFutureUpdate;

/** Steps a key's history through a model the way the stream would, from its first record on. */
public final class HistoryRun {
  private static final int CHUNK = 256;

  private final ModelRunner runner;

  /** Runs of one model; {@code runner} must have nothing staged. */
  public HistoryRun(ModelRunner runner) {
    this.runner = runner;
  }

  /** Receives each observation that was stepped, while its slot may be read. */
  public interface Listener {
    void stepped(int row, int slot);
  }

  /**
   * Steps the key's records as far as observation {@code end}, exclusive.
   *
   * @param listener called for the observations in their order, failed ones too
   */
  public void step(KeyHistory of, int end, Listener listener) {
    KeyState state = runner.fresh();
    for (int from = 0; from < end; from += CHUNK) {
      int to = Math.min(end, from + CHUNK);
      for (int row = from; row < to; row++) {
        for (RawFutureUpdate futureUpdate : of.futureUpdatesBefore(row)) {
          runner.tell(state, futureUpdate.future());
        }
        runner.add(state, of.inputs().get(row));
      }
      runner.step();
      for (int row = from; row < to; row++) {
        listener.stepped(row, row - from);
      }
      runner.clear();
    }
  }
}

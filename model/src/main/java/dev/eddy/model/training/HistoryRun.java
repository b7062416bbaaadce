package dev.eddy.model.training;

import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.inference.RecurrentState;
import dev.eddy.model.spec.RawOutlook;

/** Steps a key's history through a model the way the stream would, from its first record on. */
final class HistoryRun {
  private static final int CHUNK = 256;

  private final ModelRunner runner;

  /** Runs of one model; {@code runner} must have nothing staged. */
  HistoryRun(ModelRunner runner) {
    this.runner = runner;
  }

  /** Receives each observation that was stepped, while its slot may be read. */
  interface Listener {
    void stepped(int row, int slot);
  }

  /**
   * Steps the key's records as far as observation {@code end}, exclusive.
   *
   * @param listener called for the observations in their order, failed ones too
   */
  void step(KeyHistory of, int end, Listener listener) {
    RecurrentState state = runner.fresh();
    for (int from = 0; from < end; from += CHUNK) {
      int to = Math.min(end, from + CHUNK);
      for (int row = from; row < to; row++) {
        for (RawOutlook outlook : of.outlooksBefore(row)) {
          runner.foresee(state, outlook.future());
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

package dev.eddy.model.training;

import dev.eddy.model.engine.nd4j.Nd4jBackends;
import java.io.IOException;
import java.nio.file.Path;

/** Learns a model from history: fits the input encoding, trains, judges, refits, exports. */
public final class Trainer {
  private Trainer() {}

  /**
   * Trains one model. Uses native threads while it runs; several trainings of one process should
   * not run at once.
   *
   * @param input what the model reads and learns
   * @param model the network
   * @param training how to train
   * @param history what to learn from; not closed
   * @param scratch a directory for the encoded history, which is removed at the end
   * @param progress hears how far it is
   * @throws IllegalStateException in one line, if ND4J has nothing here that it can compute on
   * @throws IllegalArgumentException in one line, if the history cannot teach what is asked for
   */
  public static TrainingResult train(
      InputSettings input,
      ModelSettings model,
      TrainingSettings training,
      History history,
      Path scratch,
      TrainingProgress progress)
      throws IOException {
    Nd4jBackends.prepare();
    throw new UnsupportedOperationException("train");
  }
}

package dev.eddy.pipeline.cli.demo;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.history.Parts;
import dev.eddy.model.settings.Split;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.FileHistory;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Tells which of the files' observations the split holds back for the test: a period, whole keys,
 * or the last ones of each key.
 *
 * @param split what says so
 * @param parts of the files' observations
 * @param keys of which some are held back
 */
record HeldBack(Split split, Parts parts, long keys) {

  /** Whether an observation, or a forecast's target, of this key and time is held back. */
  boolean contains(String key, long time) {
    return parts.isTest(key, time);
  }

  /** In words, for the console. */
  String describe() {
    return split instanceof Split.ByTime byTime
        ? "everything from " + byTime.testFrom()
        : "the test part of " + keys + " keys";
  }

  /**
   * What the split of {@code deployment} holds back of its files' observations.
   *
   * @param folder an empty or missing one, for what is read of the files
   * @throws UserMistake when nothing is
   */
  static HeldBack of(Deployment deployment, Path folder) throws IOException {
    RecordedHistory files =
        FileHistory.read(deployment, folder, HistoryOrder.EVENT_TIME, progress -> {});
    try (History history = History.open(files.files(), deployment.input().featureSchema())) {
      Split split = deployment.training().split();
      Parts parts = Parts.of(split, history, deployment.training().seed());
      HeldBack heldBack =
          new HeldBack(split, parts, history.keys().stream().filter(parts::mayTest).count());
      if (heldBack.keys == 0) {
        throw new UserMistake("training.split: no test part (must hold some back to stream)");
      }
      return heldBack;
    }
  }
}

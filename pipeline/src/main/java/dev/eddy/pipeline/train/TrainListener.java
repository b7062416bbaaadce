package dev.eddy.pipeline.train;

import dev.eddy.connectors.file.ReplayProgress;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.training.TrainingProgress;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.judge.Verdict;
import java.util.Optional;

/** Hears how far a {@link TrainJob} is; each method does nothing unless it is overridden. */
public interface TrainListener {
  /** Hears nothing. */
  TrainListener NONE = new TrainListener() {};

  /** Files are being read, this far; heard a few times a second. */
  default void reading(ReplayProgress progress) {}

  /** The brokers have gone away, or are back; a line that says so. */
  default void brokers(String line) {}

  /** The history has been read. */
  default void read(RecordedHistory history) {}

  /** The network is being trained, calibrated or judged, this far. */
  default void training(TrainingProgress.Report report) {}

  /** The network has been trained and judged. */
  default void trained(TrainingResult result) {}

  /** It is being held against the champion, this many keys so far. */
  default void judging(int keys) {}

  /** It has been held against the champion. */
  default void judged(Verdict verdict) {}

  /**
   * The version has been published.
   *
   * @param announced how it was announced after that; empty if it was not
   * @param verdict how it stands; empty without Kafka, or where that was not found out
   */
  default void published(
      PublishedModel version, Optional<Announced> announced, Optional<Verdict> verdict) {}
}

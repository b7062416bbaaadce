package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.ReplayReader;
import dev.eddy.connectors.file.ReplaySettings;
import dev.eddy.model.training.KeySelection;
import dev.eddy.model.training.Split;
import dev.eddy.model.training.TrainingSettings;
import dev.eddy.pipeline.job.UserError;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which observations the split holds back for the test: a period, or whole keys. */
sealed interface HeldBack {
  /** Whether an observation, or a forecast's target, of this key and time is held back. */
  boolean contains(String key, long time);

  /** In words, for the console. */
  String describe();

  /** How to train on a history that lacks what is held back. */
  TrainingSettings trainingWithout(TrainingSettings training);

  /** From a time on. */
  record Period(long from) implements HeldBack {
    @Override
    public boolean contains(String key, long time) {
      return time >= from;
    }

    @Override
    public TrainingSettings trainingWithout(TrainingSettings training) {
      return training;
    }

    @Override
    public String describe() {
      return "everything from " + java.time.Instant.ofEpochMilli(from);
    }
  }

  /** Whole keys. */
  record Keys(Set<String> keys) implements HeldBack {
    @Override
    public boolean contains(String key, long time) {
      return keys.contains(key);
    }

    @Override
    public TrainingSettings trainingWithout(TrainingSettings training) {
      KeySelection validation = ((Split.ByKey) training.split()).validation();
      return training.withSplit(new Split.ByKey(validation, KeySelection.none()));
    }

    @Override
    public String describe() {
      return keys.size() + " keys";
    }
  }

  /**
   * What the split of {@code training} holds back of the files' observations.
   *
   * @throws UserError when nothing is
   */
  static HeldBack of(TrainingSettings training, ReplaySettings files, ObservationSchema schema) {
    if (training.split() instanceof Split.ByTime byTime) {
      return new Period(byTime.testFrom().toEpochMilli());
    }
    Split.ByKey byKey = (Split.ByKey) training.split();
    Set<String> keys = new TreeSet<>();
    try (ReplayReader reader = new ReplayReader(files, schema)) {
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        keys.add(each.key());
      }
    }
    Set<String> held = byKey.test().select(List.copyOf(keys), training.seed());
    if (held.isEmpty()) {
      throw new UserError("training.split.test: no keys (must hold some back to stream)");
    }
    return new Keys(held);
  }
}

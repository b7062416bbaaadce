package dev.eddy.model.training;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.RawInput;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest model that needs a memory: after each character of "hello", the next one. The two l
 * have different successors, so the current character alone does not tell. A categorical feature
 * {@code character}, a label {@code next}, one observation a second.
 */
public final class Hello {
  /** The word that is learned. */
  public static final String WORD = "hello";

  /** What the model reads. */
  public static final FeatureSchema FEATURES = new FeatureSchema(List.of(), List.of("character"));

  private Hello() {}

  /** One character, as an observation at second {@code step}. */
  public static RawInput input(int step, String character) {
    return new RawInput(1000L * step, new double[0], new String[] {character});
  }

  /** The label with the highest probability. */
  public static String mostProbable(Head.Classes head, double[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return head.labels().get(best);
  }

  /** Trains on a few keys that spell the word once each; takes a second or two. */
  public static TrainingResult train(CellType cell, Path directory) throws IOException {
    Path file = directory.resolve("hello.history");
    try (HistoryWriter writer = new HistoryWriter(file, FEATURES)) {
      for (int key = 0; key < 4; key++) {
        writer.startKey("speaker-" + key);
        for (int step = 0; step + 1 < WORD.length(); step++) {
          writer.append(
              input(step, WORD.substring(step, step + 1)), WORD.substring(step + 1, step + 2));
        }
      }
    }
    InputSettings input =
        new InputSettings(
            FEATURES, List.of(), Optional.of("next"), List.of(), ZoneOffset.UTC, Optional.empty());
    ModelSettings model =
        Settings.of(ModelSettings.class, Map.of("cell", cell, "layers", 1, "hidden", 16));
    Instant never = Instant.parse("2100-01-01T00:00:00Z");
    TrainingSettings training =
        Settings.with(
            TrainingSettings.of(new Split.ByTime(never, never)),
            Map.of(
                "updates",
                150,
                "batch",
                4,
                "sequence-length",
                4,
                "burn-in",
                0,
                "learning-rate",
                0.03));
    try (History history = History.open(List.of(file), FEATURES)) {
      return Trainer.train(input, model, training, history, directory, TrainingProgress.silent());
    }
  }
}

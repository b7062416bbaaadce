package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.KeySelection;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.RawInput;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said once of a key, in its first observation, is known in all that follow. */
class StaticFeaturesTest {
  private static final FeatureSchema SCHEMA =
      new FeatureSchema(List.of("noise", "altitude"), List.of("site"));
  private static final int ROWS = 60;

  @TempDir Path directory;

  @Test
  void a_class_that_only_they_tell_is_learned_and_known_to_the_end_of_new_keys()
      throws IOException {
    TrainingResult result;
    try (History history = History.open(List.of(write()), SCHEMA)) {
      result =
          Trainer.train(
              input(List.of("altitude", "site")),
              ModelSettings.defaults(),
              Settings.with(
                  TrainingSettings.of(
                      new Split.ByKey(
                          new KeySelection.Named(List.of("6", "7")),
                          new KeySelection.Named(List.of("8", "9")))),
                  Map.of(
                      "updates",
                      60,
                      "batch",
                      4,
                      "sequence-length",
                      20,
                      "burn-in",
                      0,
                      "validate-every",
                      20,
                      "refit",
                      false)),
              history,
              directory,
              TrainingProgress.silent());
    }

    InputEncoding.Statics statics = result.spec().input().statics();
    assertThat(statics.numeric()).extracting("name").containsExactly("altitude");
    assertThat(statics.categorical()).extracting("name").containsExactly("site");
    assertThat(result.spec().input().numeric()).extracting("name").containsExactly("noise");
    assertThat(result.evaluation().classes()).allMatch(score -> score.accuracy() > 0.95);
  }

  @Test
  void they_come_after_all_other_features() {
    assertThatThrownBy(() -> input(List.of("noise")))
        .hasMessage("input.static: [noise] (must be after all other features)");
  }

  private static InputSettings input(List<String> statics) {
    return new InputSettings(
        SCHEMA,
        List.of(),
        Optional.of("state"),
        List.of(),
        ZoneOffset.UTC,
        Optional.empty(),
        statics,
        Optional.empty());
  }

  /** High shores and low hills are "odd"; what varies is noise. */
  private Path write() throws IOException {
    Path file = directory.resolve("sites.history");
    Random random = new Random(1);
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA)) {
      for (int key = 0; key < 10; key++) {
        boolean high = key % 2 == 0;
        writer.startKey(Integer.toString(key));
        for (int row = 0; row < ROWS; row++) {
          double[] numbers = {random.nextGaussian(), row == 0 ? (high ? 900 : 100) : NAN};
          String[] site = {row == 0 ? (high ? "shore" : "hill") : null};
          writer.append(new RawInput(row * 1000L, numbers, site), high ? "odd" : "even");
        }
      }
    }
    return file;
  }

  private static final double NAN = Double.NaN;
}

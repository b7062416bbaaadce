package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.InputEncoding.NumericFeature;
import dev.eddy.model.spec.RawInput;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A series is forecast as well wherever its values lie, and whatever their unit. */
class FarFromZeroTest {
  private static final FeatureSchema SCHEMA = new FeatureSchema(List.of("load"), List.of());
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final int ROWS = 600;
  private static final Split SPLIT =
      new Split.ByTime(Instant.ofEpochMilli(400 * MINUTE), Instant.ofEpochMilli(480 * MINUTE));

  @TempDir Path directory;

  @Test
  void a_series_of_1e9_plus_or_minus_10_is_forecast_as_well_as_one_of_plus_or_minus_10()
      throws IOException {
    List<ForecastScore> near = pooled(train("near", 0, 1));
    List<ForecastScore> far = pooled(train("far", 1.09e9, 1));

    for (int horizon = 0; horizon < 2; horizon++) {
      double mae = near.get(horizon).mae();
      assertThat(mae).isLessThan(0.8 * near.get(horizon).naive().get(0).mae());
      assertThat(far.get(horizon).mae()).isCloseTo(mae, within(0.03 * mae));
      assertThat(far.get(horizon).coverage()).isCloseTo(near.get(horizon).coverage(), within(0.03));
    }
  }

  @Test
  void the_unit_of_the_values_does_not_matter() throws IOException {
    List<ForecastScore> near = pooled(train("near", 0, 1));
    List<ForecastScore> tiny = pooled(train("tiny", 0, 1e-12));

    for (int horizon = 0; horizon < 2; horizon++) {
      double mae = near.get(horizon).mae() * 1e-12;
      assertThat(tiny.get(horizon).mae()).isCloseTo(mae, within(0.03 * mae));
    }
  }

  @Test
  void spikes_far_above_zero_are_not_taken_by_their_logarithm() throws IOException {
    NumericFeature near = train("near", 0, -1).spec().input().numeric().get(0);
    NumericFeature far = train("far", 1.09e9, -1).spec().input().numeric().get(0);

    assertThat(near.log1p()).isTrue();
    assertThat(far.log1p()).isFalse();
    assertThat(far.deviation()).isBetween(1.0, 100.0);
  }

  private static List<ForecastScore> pooled(TrainingResult result) {
    return result.evaluation().forecasts().stream().filter(ForecastScore::isPooled).toList();
  }

  /**
   * A model of a wave with noise.
   *
   * @param offset where it lies
   * @param scale of its unit; below 0: spikes in place of waves
   */
  private TrainingResult train(String name, double offset, double scale) throws IOException {
    InputSettings input =
        new InputSettings(
            SCHEMA, List.of("load"), Optional.empty(), List.of(), ZoneOffset.UTC, Optional.empty());
    ModelSettings model =
        Settings.of(
            ModelSettings.class, Map.of("layers", 1, "hidden", 16, "horizons", List.of(1, 3)));
    Map<String, Object> quick =
        Map.of(
            "updates",
            60,
            "batch",
            8,
            "sequence-length",
            64,
            "burn-in",
            8,
            "validate-every",
            20,
            "refit",
            false);
    TrainingSettings training = Settings.with(TrainingSettings.of(SPLIT), quick);
    try (History history = History.open(List.of(write(name, offset, scale)), SCHEMA)) {
      return Trainer.train(input, model, training, history, directory, TrainingProgress.silent());
    }
  }

  private Path write(String name, double offset, double scale) throws IOException {
    Path file = directory.resolve(name + ".history");
    Random random = new Random(1);
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA)) {
      for (String key : List.of("a", "b")) {
        writer.startKey(key);
        for (int row = 0; row < ROWS; row++) {
          double noise = random.nextGaussian();
          double wave = 5 * Math.sin(row * Math.PI / 6) + noise / 2;
          double spike = Math.exp(1.5 * noise);
          double value = offset + (scale < 0 ? spike : scale * wave);
          writer.append(new RawInput(row * MINUTE, new double[] {value}, new String[0]), null);
        }
      }
    }
    return file;
  }
}

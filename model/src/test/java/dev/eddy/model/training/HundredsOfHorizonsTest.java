package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.FeatureSchema;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A week of hours ahead, at uneven quantiles. */
class HundredsOfHorizonsTest {
  private static final FeatureSchema SCHEMA = new FeatureSchema(List.of("load"), List.of());
  private static final List<Double> QUANTILES = List.of(0.025, 0.5, 0.9, 0.975);
  private static final int HORIZONS = 168;
  private static final int ROWS = 700;
  private static final long HOUR = Duration.ofHours(1).toMillis();

  @TempDir Path directory;

  @Test
  void all_are_learned_and_scored_and_no_quantiles_cross() throws IOException {
    TrainingResult result = train();

    assertThat(result.evaluation().pooledForecasts()).hasSize(HORIZONS);
    assertThat(result.spec().head().outputSize()).isEqualTo(HORIZONS * QUANTILES.size());
    try (StepEngine engine =
        StepEngines.create(StepEngines.resolve(EngineKind.AUTO), result.published())) {
      ModelRunner runner = new ModelRunner(result.spec(), engine);
      KeyState state = runner.fresh();
      double[] prediction = new double[runner.predictionSize()];
      for (int row = 0; row < 100; row++) {
        runner.add(state, input(row, new Random(row)));
        runner.step();
        runner.prediction(0, prediction);
        runner.clear();
        for (int value = 1; value < prediction.length; value++) {
          boolean sameHorizon = value % QUANTILES.size() > 0;
          assertThat(!sameHorizon || prediction[value - 1] <= prediction[value]).isTrue();
        }
      }
    }
  }

  private TrainingResult train() throws IOException {
    InputSettings input =
        new InputSettings(
            SCHEMA,
            List.of("load"),
            Optional.empty(),
            List.of(),
            ZoneOffset.UTC,
            Optional.of(Duration.ofHours(1)));
    ModelSettings model =
        Settings.of(
            ModelSettings.class,
            Map.of(
                "layers",
                1,
                "hidden",
                8,
                "horizons",
                IntStream.rangeClosed(1, HORIZONS).boxed().toList(),
                "quantiles",
                QUANTILES));
    TrainingSettings training =
        Settings.with(
            TrainingSettings.of(
                new Split.ByTime(
                    Instant.ofEpochMilli(450 * HOUR), Instant.ofEpochMilli(500 * HOUR))),
            Map.of(
                "updates",
                6,
                "batch",
                4,
                "sequence-length",
                32,
                "burn-in",
                4,
                "validate-every",
                3,
                "refit",
                false));
    try (History history = History.open(List.of(write()), SCHEMA)) {
      return Trainer.train(input, model, training, history, directory, TrainingProgress.silent());
    }
  }

  private Path write() throws IOException {
    Path file = directory.resolve("hours.history");
    Random random = new Random(1);
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA)) {
      writer.startKey("a");
      for (int row = 0; row < ROWS; row++) {
        writer.append(input(row, random), null);
      }
    }
    return file;
  }

  private static RawInput input(int row, Random random) {
    double load = (10 + 5 * Math.sin(row * Math.PI / 12) + random.nextGaussian());
    return new RawInput(row * HOUR, new double[] {load}, new String[0]);
  }
}

package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.fit.CalibrationFit;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.history.Parts;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model forecasts two targets of every key, which are not always observed together. */
class SeveralTargetsTrainingTest {
  private static final FeatureSchema SCHEMA = new FeatureSchema(List.of("load", "heat"), List.of());
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final int ROWS = 600;
  private static final int VALIDATION = 400;
  private static final Split SPLIT =
      new Split.ByTime(
          Instant.ofEpochMilli(VALIDATION * MINUTE), Instant.ofEpochMilli(480 * MINUTE));

  @TempDir Path directory;

  @Test
  void each_is_scored_beside_persistence_and_both_learn() throws IOException {
    TrainingResult result = train(write(ROWS));

    assertThat(result.evaluation().forecasts())
        .filteredOn(score -> score.isPooled())
        .extracting(ForecastScore::target, ForecastScore::horizon)
        .containsExactly(tuple("load", 1), tuple("load", 3), tuple("heat", 1), tuple("heat", 3));
    for (ForecastScore score : result.evaluation().forecasts()) {
      assertThat(score.mae()).as(score.toString()).isLessThan(0.8 * score.naive().get(0).mae());
    }
  }

  @Test
  void each_has_its_own_season_baselines_quantiles_and_unit() throws IOException {
    TrainingResult result = train(write(ROWS));

    assertThat(result.spec().input().targets().get(0).seasons()).containsExactly(12);
    assertThat(result.spec().input().targets().get(1).seasons()).containsExactly(20);
    List<Head.TargetHead> heads = ((Head.Forecast) result.spec().head()).targets();
    assertThat(heads).extracting(Head.TargetHead::name).containsExactly("load", "heat");
    for (Head.TargetHead head : heads) {
      assertThat(head.baselines()).allMatch(baseline -> !baseline.seasons().isEmpty());
    }
    assertThat(unit(heads.get(1), 1000) / unit(heads.get(0), 10)).isBetween(50.0, 200.0);
  }

  @Test
  void a_target_that_training_never_saw_is_refused_by_name() throws IOException {
    Path file = write(0);
    assertThatThrownBy(() -> train(file))
        .hasMessage(
            "model.horizons: 1: no observed heat in the training part"
                + " (must be within reach of the history)");
  }

  @Test
  void a_target_unobserved_in_the_validation_part_leaves_the_others_intervals_alone()
      throws IOException {
    Path file = write(VALIDATION);
    ModelSpec spec = train(file).spec();
    List<Float> zeros = scores(file, spec, 0);
    List<Float> ones = scores(file, spec, 1);
    int half = zeros.size() / 2;
    assertThat(ones.subList(0, half)).isNotEqualTo(zeros.subList(0, half));
    assertThat(ones.subList(half, 2 * half)).isEqualTo(zeros.subList(half, 2 * half));
  }

  /** What calibration starts from where the network always says {@code output}. */
  private List<Float> scores(Path file, ModelSpec trained, float output) throws IOException {
    Head.Forecast head = (Head.Forecast) trained.head();
    ModelSpec spec =
        new ModelSpec(trained.network(), trained.input(), head.withCalibration(Optional.empty()));
    try (History history = History.open(List.of(file), SCHEMA)) {
      Parts parts = Parts.of(SPLIT, history, 1);
      return new CalibrationFit(spec, parts, history, () -> keys -> {}, 1)
          .fit(new Saying(output), false)
          .orElseThrow()
          .scores();
    }
  }

  private record Saying(float output) implements StepEngine {
    @Override
    public void forward(PackedSequence sequence, float[] hidden, float[] outputs) {
      Arrays.fill(outputs, output);
    }

    @Override
    public void close() {}
  }

  private static double unit(Head.TargetHead head, double magnitude) {
    return head.unitPrior().constant() + head.unitPrior().perMagnitude() * magnitude;
  }

  private TrainingResult train(Path file) throws IOException {
    InputSettings input =
        new InputSettings(
            SCHEMA,
            List.of("load", "heat"),
            Optional.empty(),
            List.of(),
            ZoneOffset.UTC,
            Optional.empty());
    ModelSettings model =
        Settings.of(
            ModelSettings.class, Map.of("layers", 1, "hidden", 16, "horizons", List.of(1, 3)));
    TrainingSettings training =
        Settings.with(
            TrainingSettings.of(SPLIT),
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
                false));
    try (History history = History.open(List.of(file), SCHEMA)) {
      return Trainer.train(input, model, training, history, directory, TrainingProgress.silent());
    }
  }

  /** A load with a season of 12 and a heat with one of 20, hundred times as large; gaps in both. */
  private Path write(int heatUntil) throws IOException {
    Path file = directory.resolve("two.history");
    Random random = new Random(1);
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA)) {
      for (String key : List.of("a", "b")) {
        writer.startKey(key);
        for (int row = 0; row < ROWS; row++) {
          double load = 10 + 5 * Math.sin(row * Math.PI / 6) + random.nextGaussian() / 2;
          double heat = 1000 + 500 * Math.sin(row * Math.PI / 10) + 50 * random.nextGaussian();
          double[] values = {load, heat};
          if (row >= heatUntil || random.nextInt(8) == 0) {
            values[1] = Double.NaN;
          } else if (random.nextInt(8) == 0) {
            values[0] = Double.NaN;
          }
          writer.append(new RawInput(row * MINUTE, values, new String[0]), null);
        }
      }
    }
    return file;
  }
}

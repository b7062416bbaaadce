package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.history.History;
import dev.eddy.model.score.ClassScore;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.score.NaiveScore;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One way of training, the same for data of shapes that have nothing in common: better than every
 * naive way on each, on what was held back. All but the number of updates is at its default.
 */
class GeneratedDataTest {
  private static final int UPDATES = 400;

  @TempDir Path directory;

  @Test
  void keys_over_five_orders_of_magnitude_with_two_seasons() throws IOException {
    assertBetterThanNaive(train(GeneratedData.twoSeasons(directory)), true);
  }

  @Test
  void keys_of_a_few_observations_that_training_never_saw() throws IOException {
    assertBetterThanNaive(train(GeneratedData.shortKeys(directory)), false);
  }

  @Test
  void a_rare_class_among_keys_with_offsets_of_their_own() throws IOException {
    List<ClassScore> scores = train(GeneratedData.rareFrames(directory)).classes();
    ClassScore all = scores.stream().filter(ClassScore::isPooled).findFirst().orElseThrow();
    assertThat(all.count()).isPositive();
    assertThat(all.accuracy())
        .as(all.toString())
        .isGreaterThan(all.majority().accuracy())
        .isGreaterThan(all.previous().accuracy());
    assertThat(all.macroF1())
        .as(all.toString())
        .isGreaterThan(all.majority().macroF1())
        .isGreaterThan(all.previous().macroF1());
  }

  /** Keys that training never saw have no past to scale an error by. */
  private static void assertBetterThanNaive(Evaluation evaluation, boolean withMase) {
    List<ForecastScore> pooled =
        evaluation.forecasts().stream().filter(ForecastScore::isPooled).toList();
    assertThat(pooled).isNotEmpty();
    for (ForecastScore score : pooled) {
      assertThat(score.count()).isPositive();
      assertThat(withMase || !Double.isNaN(score.mae())).as(score.toString()).isTrue();
      for (NaiveScore naive : score.naive()) {
        if (!Double.isNaN(score.mae())) { // as it is of keys that differ in scale
          assertThat(score.mae()).as("MAE of %s beside %s", score, naive).isLessThan(naive.mae());
        }
        if (withMase) {
          assertThat(score.mase())
              .as("MASE of %s beside %s", score, naive)
              .isLessThan(naive.mase());
        }
      }
    }
  }

  private Evaluation train(RealData data) throws IOException {
    ModelSettings model = Settings.of(ModelSettings.class, Map.of("horizons", data.horizons()));
    try (History history = data.open()) {
      return Trainer.train(
              data.input(),
              model,
              Settings.with(data.training(), Map.of("updates", UPDATES)),
              history,
              directory,
              TrainingProgress.silent())
          .evaluation();
    }
  }
}

package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawFutureUpdate;
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

class FutureTrainingTest {
  private static final FeatureSchema SCHEMA =
      new FeatureSchema(List.of("sales", "promo"), List.of());
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int KEYS = 8;
  private static final int ROWS = 300;
  private static final InputSettings.Future PROMO = new InputSettings.Future(List.of("promo"), 4);

  @TempDir Path directory;

  @Test
  void what_is_known_ahead_is_learned_from() throws IOException {
    double without = mae(Optional.empty(), false);
    double with = mae(Optional.of(PROMO), false);
    assertThat(with).as("without: " + without).isLessThan(without / 2);
  }

  @Test
  void it_may_come_without_an_observation_and_never_be_observed() throws IOException {
    double with = mae(Optional.of(PROMO), false);
    assertThat(mae(Optional.of(PROMO), true)).isLessThan(1.3 * with);
  }

  @Test
  void intervals_are_calibrated_alike_however_the_future_was_told() throws IOException {
    Head.Forecast fields = (Head.Forecast) train(told(false), Optional.of(PROMO), 20).spec().head();
    Head.Forecast futureUpdates =
        (Head.Forecast) train(told(true), Optional.of(PROMO), 20).spec().head();
    assertThat(fields.calibration()).isPresent().isEqualTo(futureUpdates.calibration());
  }

  /** The error at three days. */
  private double mae(Optional<InputSettings.Future> future, boolean futureUpdates)
      throws IOException {
    return train(write(futureUpdates), future, 300).evaluation().forecasts().stream()
        .filter(score -> score.key().equals("*") && score.horizon() == 3)
        .findFirst()
        .orElseThrow()
        .mae();
  }

  private TrainingResult train(Path file, Optional<InputSettings.Future> future, int updates)
      throws IOException {
    InputSettings input =
        new InputSettings(
            SCHEMA,
            List.of("sales"),
            Optional.empty(),
            List.of(),
            ZoneOffset.UTC,
            Optional.of(Duration.ofDays(1)),
            List.of(),
            future);
    ModelSettings model =
        Settings.of(
            ModelSettings.class, Map.of("layers", 1, "hidden", 16, "horizons", List.of(1, 3)));
    TrainingSettings training =
        Settings.with(
            TrainingSettings.of(new Split.ByTime(at(200), at(240))),
            Map.of(
                "updates",
                updates,
                "batch",
                8,
                "sequence-length",
                64,
                "burn-in",
                8,
                "learning-rate",
                0.01,
                "validate-every",
                50,
                "refit",
                false));
    try (History history = History.open(List.of(file), SCHEMA)) {
      return Trainer.train(input, model, training, history, directory, TrainingProgress.silent());
    }
  }

  private static Instant at(int days) {
    return Instant.ofEpochMilli(days * DAY);
  }

  /**
   * Sales jump by ten on the days of a promotion, which chance sets and three days ahead tell: with
   * the observation, or without one and then promotions are never observed.
   */
  private Path write(boolean futureUpdates) throws IOException {
    Path file = directory.resolve("sales" + futureUpdates);
    Random random = new Random(1);
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA)) {
      for (int key = 0; key < KEYS; key++) {
        writer.startKey("key " + key);
        int[] promo = random.ints(ROWS + 4, 0, 4).map(chance -> chance == 0 ? 1 : 0).toArray();
        for (int day = 0; day < ROWS; day++) {
          double sales = (20 + 10 * promo[day] + random.nextGaussian());
          RawFuture future = ahead(day, promo, day == 0 ? 1 : 3);
          double observed = futureUpdates ? Double.NaN : promo[day];
          writer.append(
              new RawInput(
                  day * DAY,
                  new double[] {sales, observed},
                  new String[0],
                  futureUpdates ? RawFuture.NONE : future),
              null);
          if (futureUpdates) { // told after the day before, so a day further
            writer.append(new RawFutureUpdate(day * DAY, ahead(day + 1, promo, day == 0 ? 0 : 3)));
          }
        }
      }
    }
    return file;
  }

  /** Promotions are told with a day's sales, or right before them without an observation. */
  private Path told(boolean futureUpdates) throws IOException {
    Path file = directory.resolve("told" + futureUpdates);
    Random random = new Random(2);
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA)) {
      for (int key = 0; key < KEYS; key++) {
        writer.startKey("key " + key);
        int[] promo = random.ints(ROWS, 0, 4).map(chance -> chance == 0 ? 1 : 0).toArray();
        for (int day = 0; day < ROWS; day++) {
          double sales = (20 + 10 * promo[day] + random.nextGaussian());
          RawFuture future = day == 0 ? RawFuture.NONE : ahead(day, promo, 1);
          if (futureUpdates && day > 0) {
            writer.append(new RawFutureUpdate((day - 1) * DAY, future));
          }
          writer.append(
              new RawInput(
                  day * DAY,
                  new double[] {sales, promo[day]},
                  new String[0],
                  futureUpdates ? RawFuture.NONE : future),
              null);
        }
      }
    }
    return file;
  }

  private static RawFuture ahead(int day, int[] promo, int from) {
    int size = 4 - from;
    RawFuture future = new RawFuture(new long[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      int ahead = Math.min(day + from + i, promo.length - 1);
      future.when()[i] = ahead * DAY;
      future.features()[i] = 1;
      future.values()[i] = promo[ahead];
    }
    return future;
  }
}

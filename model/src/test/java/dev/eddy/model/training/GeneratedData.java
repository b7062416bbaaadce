package dev.eddy.model.training;

import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.KeySelection;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.RawInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Series of three shapes that have little in common, made from equations; the same every time. */
final class GeneratedData {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z"); // a Monday

  private GeneratedData() {}

  /**
   * 200 hourly keys of five weeks whose sizes span five orders of magnitude, each with a day and a
   * week of its own shape, and disturbances that fade within hours. The last week is held back.
   */
  static RealData twoSeasons(Path directory) throws IOException {
    FeatureSchema schema = new FeatureSchema(List.of("load"), List.of());
    Path file = directory.resolve("two-seasons.history");
    Random random = new Random(1);
    int weeks = 5;
    try (HistoryWriter writer = new HistoryWriter(file, schema)) {
      for (int key = 0; key < 200; key++) {
        writer.startKey("meter-" + key);
        double size = Math.pow(10, 5 * random.nextDouble());
        double daily = 0.2 + 0.3 * random.nextDouble();
        double weekend = 0.1 + 0.3 * random.nextDouble();
        double phase = 2 * Math.PI * random.nextDouble();
        double disturbance = 0;
        for (int hour = 0; hour < weeks * 168; hour++) {
          disturbance = 0.7 * disturbance + 0.08 * random.nextGaussian();
          double day = daily * Math.sin(2 * Math.PI * hour / 24 + phase);
          double week = hour / 24 % 7 >= 5 ? -weekend : 0;
          double load = (size * Math.exp(day + week + disturbance));
          writer.append(input(hour * HOUR, load), null);
        }
      }
    }
    Split split =
        new Split.ByTime(
            START.plus(Duration.ofDays(7L * (weeks - 2))),
            START.plus(Duration.ofDays(7L * (weeks - 1))));
    return new RealData(
        forecasts(schema, "load", Optional.of(Duration.ofHours(1))),
        List.of(1, 24),
        TrainingSettings.of(split),
        file);
  }

  /**
   * 300 keys of 5 to 50 observations, none with a time that matters: each begins somewhere, climbs
   * fast at first towards a height of its own, and is read with noise. A fifth of the keys is held
   * back.
   */
  static RealData shortKeys(Path directory) throws IOException {
    FeatureSchema schema = new FeatureSchema(List.of("height"), List.of());
    Path file = directory.resolve("short-keys.history");
    Random random = new Random(2);
    try (HistoryWriter writer = new HistoryWriter(file, schema)) {
      for (int key = 0; key < 300; key++) {
        writer.startKey("batch-" + key);
        double height = 50 * Math.exp(0.5 * random.nextGaussian());
        double begin = height * 0.3 * random.nextDouble();
        double pace = 3 + 9 * random.nextDouble();
        int length = 5 + random.nextInt(46);
        for (int row = 0; row < length; row++) {
          double grown = height - (height - begin) * Math.exp(-row / pace);
          double read = (grown * (1 + 0.02 * random.nextGaussian()));
          writer.append(input(row * HOUR, read), null);
        }
      }
    }
    return new RealData(
        forecasts(schema, "height", Optional.empty()), List.of(1, 3), byKey(), file);
  }

  /**
   * 120 keys of frames at 50 a second, each sensor with an offset of its own per key that is larger
   * than what tells the classes apart: rest, motion, and a jolt in 3 % of the frames. A fifth of
   * the keys is held back.
   */
  static RealData rareFrames(Path directory) throws IOException {
    FeatureSchema schema = new FeatureSchema(List.of("x", "y", "z"), List.of());
    Path file = directory.resolve("rare-frames.history");
    Random random = new Random(3);
    try (HistoryWriter writer = new HistoryWriter(file, schema)) {
      for (int key = 0; key < 120; key++) {
        writer.startKey("wearer-" + key);
        double[] offsets = {random.nextGaussian() * 3, random.nextGaussian() * 3, 0};
        boolean moving = random.nextBoolean();
        int jolt = 0;
        for (int frame = 0; frame < 400; frame++) {
          moving ^= random.nextDouble() < 0.06;
          jolt = jolt > 0 ? jolt - 1 : random.nextDouble() < 0.01 ? 3 : 0;
          double swing = moving ? 1.5 + 0.5 * Math.sin(frame * 0.9) : 0;
          double[] values = {
            (offsets[0] + swing + (jolt > 0 ? 2 : 0) + 0.3 * random.nextGaussian()),
            (offsets[1] + 0.5 * swing + 0.3 * random.nextGaussian()),
            (offsets[2] - (jolt > 0 ? 1 : 0) + 0.3 * random.nextGaussian())
          };
          String label = jolt > 0 ? "jolt" : moving ? "motion" : "rest";
          long time = START.toEpochMilli() + frame * 20L;
          writer.append(new RawInput(time, values, new String[0]), label);
        }
      }
    }
    InputSettings input =
        new InputSettings(
            schema, List.of(), Optional.of("state"), List.of(), ZoneOffset.UTC, Optional.empty());
    return new RealData(input, List.of(1), byKey(), file);
  }

  private static TrainingSettings byKey() {
    return TrainingSettings.of(
        new Split.ByKey(new KeySelection.Fraction(0.2), new KeySelection.Fraction(0.2)));
  }

  private static InputSettings forecasts(
      FeatureSchema schema, String target, Optional<Duration> interval) {
    return new InputSettings(
        schema, List.of(target), Optional.empty(), List.of(), ZoneOffset.UTC, interval);
  }

  private static RawInput input(long afterStart, double value) {
    return new RawInput(START.toEpochMilli() + afterStart, new double[] {value}, new String[0]);
  }
}

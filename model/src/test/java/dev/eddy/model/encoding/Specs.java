package dev.eddy.model.encoding;

import dev.eddy.model.spec.CalendarPart;
import dev.eddy.model.spec.Calibration;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Encodings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.RawInput;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Small models that several tests share. */
public final class Specs {
  public static final long HOUR = 3_600_000L;

  private Specs() {}

  /** Hourly temperature (target, season 2) and rain (log1p), wind direction, hour of day. */
  public static InputEncoding weather(Optional<Duration> interval) {
    return Encodings.of(
        List.of(
            new InputEncoding.NumericFeature("temperature", false, 10, 2, 0),
            new InputEncoding.NumericFeature("rain", true, 0.5, 0.5, 0)),
        List.of(new InputEncoding.CategoricalFeature("wind", List.of("E", "N"))),
        List.of(CalendarPart.HOUR_OF_DAY),
        ZoneId.of("UTC"),
        interval,
        Duration.ofHours(1),
        List.of(new InputEncoding.Target("temperature", List.of(2))),
        List.of());
  }

  /** Horizons 1 (last value), 2 (season) and 3 (their mean); unit prior 3. */
  public static Head.Forecast forecast() {
    return new Head.Forecast(
        List.of(1, 2, 3), List.of(0.1, 0.5, 0.9), List.of(temperature(new Head.UnitPrior(3, 0))));
  }

  /** The part of {@link #forecast} that concerns the temperature, with another prior. */
  public static Head.TargetHead temperature(Head.UnitPrior prior) {
    return new Head.TargetHead(
        "temperature",
        List.of(
            Head.Baseline.last(),
            new Head.Mean(false, List.of(2)),
            new Head.Mean(true, List.of(2))),
        List.of(-1f, 0f, 1f, -1f, 0f, 1f, -1f, 0f, 1f),
        prior);
  }

  /** As {@link #hourly}, and forecasts the rain (season 3) too. */
  public static ModelSpec twoTargets() {
    InputEncoding one = weather(Optional.of(Duration.ofHours(1)));
    InputEncoding.Target rain = new InputEncoding.Target("rain", List.of(3));
    return of(withTargets(one, List.of(one.targets().get(0), rain)), withRain(forecast()));
  }

  /** As {@link #twoTargets}, but forecasts the rain alone. */
  public static ModelSpec rainAlone() {
    ModelSpec two = twoTargets();
    Head.Forecast head = (Head.Forecast) two.head();
    return of(
        withTargets(two.input(), List.of(two.input().targets().get(1))),
        new Head.Forecast(head.horizons(), head.quantiles(), List.of(head.targets().get(1))));
  }

  private static Head.Forecast withRain(Head.Forecast one) {
    Head.TargetHead rain =
        new Head.TargetHead(
            "rain",
            List.of(
                Head.Baseline.last(),
                new Head.Mean(true, List.of(3)),
                new Head.Linear(
                    List.of(3),
                    List.of(new Head.Lag(1, 0.25), new Head.Lag(3, 0.5)),
                    List.of(0.5, -0.25))),
            List.of(-2f, 0f, 3f, -2f, 0f, 4f, -2f, 0f, 5f),
            new Head.UnitPrior(0, 0.5));
    return new Head.Forecast(one.horizons(), one.quantiles(), List.of(one.targets().get(0), rain));
  }

  /** The temperature alone as target, with these seasons. */
  public static InputEncoding withSeasons(Optional<Duration> interval, List<Integer> seasons) {
    return withTargets(
        weather(interval), List.of(new InputEncoding.Target("temperature", seasons)));
  }

  private static InputEncoding withTargets(
      InputEncoding encoding, List<InputEncoding.Target> targets) {
    return Encodings.of(
        encoding.numeric(),
        encoding.categorical(),
        encoding.calendar(),
        encoding.zone(),
        encoding.interval(),
        encoding.typicalGap(),
        targets,
        encoding.deviationSpans());
  }

  /** Classes, from weather without targets, with its running deviations. */
  public static ModelSpec moving() {
    InputEncoding weather = weather(Optional.empty());
    InputEncoding encoding =
        Encodings.of(
            weather.numeric(),
            weather.categorical(),
            weather.calendar(),
            weather.zone(),
            weather.interval(),
            weather.typicalGap(),
            List.of(),
            List.of(2, 8));
    return of(encoding, new Head.Classes(List.of("dull", "fair")));
  }

  public static ModelSpec hourly() {
    return of(weather(Optional.of(Duration.ofHours(1))), forecast());
  }

  public static ModelSpec irregular() {
    return of(weather(Optional.empty()), forecast());
  }

  /** As the spec, its outputs warming up over 5 observations and its intervals calibrated. */
  public static ModelSpec calibrated(ModelSpec spec) {
    Head.Forecast head = (Head.Forecast) spec.head();
    return of(spec.input(), head.withWarmUp(5).withCalibration(Optional.of(calibration(head))));
  }

  /** Scores of a normal distribution's 80 % interval, the same for every interval. */
  public static Calibration calibration(Head.Forecast head) {
    List<Double> levels = List.of(0.01, 0.2, 0.5, 0.7, 0.8, 0.9, 0.99);
    List<Float> scores = new ArrayList<>();
    for (int interval = 0; interval < head.columns() * head.pairs(); interval++) {
      scores.addAll(List.of(-1.27f, -1.03f, -0.61f, -0.24f, 0f, 0.36f, 1.29f));
    }
    return new Calibration(levels, scores, Optional.empty());
  }

  public static ModelSpec of(InputEncoding encoding, Head head) {
    return new ModelSpec(
        new NetworkShape(
            CellType.SRU, InputEncoder.inputSize(encoding, head), 4, 2, head.outputSize()),
        encoding,
        head);
  }

  public static RawInput at(double hours, double temperature, double rain, @Nullable String wind) {
    return new RawInput(
        Math.round(hours * HOUR), new double[] {temperature, rain}, new @Nullable String[] {wind});
  }
}

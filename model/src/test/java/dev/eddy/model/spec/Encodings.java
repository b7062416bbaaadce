package dev.eddy.model.spec;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Makes the input encodings of tests. */
public final class Encodings {
  private Encodings() {}

  /** One without static features and without any whose future is told. */
  public static InputEncoding of(
      List<InputEncoding.NumericFeature> numeric,
      List<InputEncoding.CategoricalFeature> categorical,
      List<CalendarPart> calendar,
      ZoneId zone,
      Optional<Duration> interval,
      Duration typicalGap,
      List<InputEncoding.Target> targets,
      List<Integer> deviationSpans) {
    return new InputEncoding(
        numeric,
        categorical,
        calendar,
        zone,
        interval,
        typicalGap,
        targets,
        deviationSpans,
        InputEncoding.Statics.NONE,
        Optional.empty());
  }

  /** The same encoding with features whose future is told. */
  public static InputEncoding withFuture(InputEncoding encoding, InputEncoding.Future future) {
    return new InputEncoding(
        encoding.numeric(),
        encoding.categorical(),
        encoding.calendar(),
        encoding.zone(),
        encoding.interval(),
        encoding.typicalGap(),
        encoding.targets(),
        encoding.deviationSpans(),
        encoding.statics(),
        Optional.of(future));
  }
}

package dev.eddy.model.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.InputEncoding.CategoricalFeature;
import dev.eddy.model.spec.InputEncoding.Future;
import dev.eddy.model.spec.InputEncoding.NumericFeature;
import dev.eddy.model.spec.InputEncoding.Statics;
import dev.eddy.model.spec.InputEncoding.Target;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is remembered of a key moves to a version that reads other features: it is what that version
 * would remember of a key whose new features were never observed.
 */
class MemoryMoveTest {
  private static final Optional<Duration> HOURLY = Optional.of(Duration.ofHours(1));
  private static final int OBSERVATIONS = 40;

  @Test
  void features_that_are_added_removed_and_reordered_leave_the_others_as_they_were() {
    InputEncoding before = encoding(HOURLY, List.of("load", "wind", "sun"), List.of(2, 5));
    InputEncoding after = encoding(HOURLY, List.of("rain", "sun", "load"), List.of(2, 5));
    assertMovedIsLived(before, after);
    assertMovedIsLived(after, before);
  }

  @Test
  void so_they_do_where_periods_count_observations() {
    InputEncoding before = encoding(Optional.empty(), List.of("load", "wind"), List.of(4));
    assertMovedIsLived(
        before, encoding(Optional.empty(), List.of("wind", "rain", "load"), List.of(4)));
  }

  @Test
  void a_season_that_stays_is_kept_and_the_size_of_changes_is_learned_anew_for_another_one() {
    InputEncoding before = encoding(HOURLY, List.of("load"), List.of(2, 5));
    InputEncoding after = encoding(HOURLY, List.of("load"), List.of(5));
    KeyMemory moved = moved(before, after);
    KeyMemory lived = lived(after, List.of("load"));
    MemoryLayout layout = MemoryLayout.of(after);
    assertThat(moved.values()).isEqualTo(lived.values());
    lived.statistics()[layout.target(0) + MemoryLayout.DIFFERENCES] = 0;
    lived.statistics()[layout.target(0) + MemoryLayout.DIFFERENCE] = 0;
    assertThat(moved.statistics()).isEqualTo(lived.statistics());
  }

  @Test
  void where_periods_are_counted_otherwise_only_what_does_not_count_them_is_kept() {
    InputEncoding before = encoding(HOURLY, List.of("load"), List.of(2));
    InputEncoding after = encoding(Optional.empty(), List.of("load"), List.of(2));
    KeyMemory moved = moved(before, after);
    KeyMemory lived = lived(after, List.of("load"));
    MemoryLayout layout = MemoryLayout.of(after);
    assertThat(moved.values()[layout.current(0)]).isNaN();
    assertThat(moved.values()[layout.ring(0, 0)]).isNaN();
    assertThat(moved.values()[0]).isEqualTo(lived.values()[0]);
    int levels = layout.target(0) + MemoryLayout.LEVELS;
    assertThat(moved.statistics()[levels]).isEqualTo(lived.statistics()[levels]).isNotZero();
    assertThat(moved.statistics()[layout.feature(0) + MemoryLayout.MEAN])
        .isEqualTo(lived.statistics()[layout.feature(0) + MemoryLayout.MEAN]);
  }

  @Test
  void a_feature_that_becomes_logarithmic_keeps_its_last_value_alone() {
    InputEncoding before = encoding(HOURLY, List.of("load", "wind"), List.of(2));
    InputEncoding after =
        with(before, List.of(before.numeric().get(0), feature("wind", true)), before.statics());
    KeyMemory moved = moved(before, after);
    MemoryLayout layout = MemoryLayout.of(after);
    assertThat(moved.values()[1]).isEqualTo(lived(before, names(before)).values()[1]);
    assertThat(moved.statistics()[layout.feature(1) + MemoryLayout.COUNT]).isZero();
    assertThat(moved.statistics()[layout.feature(0) + MemoryLayout.COUNT]).isEqualTo(OBSERVATIONS);
  }

  /** Runs both over the same observations, of which {@code after} sees what {@code before} has. */
  private static void assertMovedIsLived(InputEncoding before, InputEncoding after) {
    KeyMemory moved = moved(before, after);
    KeyMemory lived = lived(after, names(before));
    assertThat(moved.statistics()).isEqualTo(lived.statistics());
    assertThat(moved.values()).isEqualTo(lived.values());
  }

  private static KeyMemory moved(InputEncoding before, InputEncoding after) {
    InputEncoder old = encoder(before);
    InputEncoder next = encoder(after);
    return next.moved(lived(before, names(before)), old);
  }

  private static List<String> names(InputEncoding encoding) {
    return encoding.numeric().stream().map(NumericFeature::name).toList();
  }

  private static KeyMemory lived(InputEncoding encoding, List<String> observed) {
    InputEncoder encoder = encoder(encoding);
    KeyMemory memory = encoder.fresh();
    float[] inputs = new float[encoder.inputSize()];
    double[] origin = new double[encoder.originSize()];
    Random random = new Random(7);
    for (int i = 0; i < OBSERVATIONS; i++) {
      Map<String, Double> values =
          Map.of(
              "load", 10 + random.nextGaussian(),
              "wind", Math.abs(random.nextGaussian()),
              "sun", random.nextGaussian(),
              "rain", random.nextGaussian(),
              "height", 300.0);
      long time = Specs.HOUR * (i + i / 9); // with gaps
      encoder.encode(input(encoding, time, values, observed), memory, inputs, 0, origin, 0);
    }
    return memory;
  }

  private static RawInput input(
      InputEncoding encoding, long time, Map<String, Double> values, List<String> observed) {
    List<String> fields = encoding.schema().numeric();
    double[] numeric = new double[fields.size()];
    Arrays.setAll(
        numeric,
        i ->
            fields.get(i).equals("height") || observed.contains(fields.get(i))
                ? values.get(fields.get(i))
                : Double.NaN);
    int sun = fields.indexOf("sun");
    RawFuture future =
        sun < 0 || !observed.contains("sun")
            ? RawFuture.NONE
            : new RawFuture(
                new long[] {encoding.interval().isPresent() ? time + 2 * Specs.HOUR : 2},
                new int[] {sun},
                new double[] {numeric[sun]});
    return new RawInput(time, numeric, new @Nullable String[] {"red"}, future);
  }

  private static InputEncoder encoder(InputEncoding encoding) {
    Head head =
        new Head.Forecast(
            List.of(1),
            List.of(0.1, 0.5, 0.9),
            List.of(
                new Head.TargetHead(
                    "load",
                    List.of(Head.Baseline.last()),
                    List.of(-1f, 0f, 1f),
                    new Head.UnitPrior(1, 0))));
    ModelSpec spec = Specs.of(encoding, head);
    return new InputEncoder(spec);
  }

  private static InputEncoding encoding(
      Optional<Duration> interval, List<String> features, List<Integer> seasons) {
    Optional<Future> future =
        features.contains("sun")
            ? Optional.of(new Future(List.of("sun"), features.contains("rain") ? 3 : 2, List.of(1)))
            : Optional.empty();
    return new InputEncoding(
        features.stream().map(name -> feature(name, false)).toList(),
        List.of(),
        List.of(),
        ZoneOffset.UTC,
        interval,
        Duration.ofHours(1),
        List.of(new Target("load", seasons)),
        List.of(2, 8),
        new Statics(
            List.of(feature("height", false)),
            List.of(new CategoricalFeature("colour", List.of("red")))),
        future);
  }

  private static InputEncoding with(
      InputEncoding encoding, List<NumericFeature> numeric, Statics statics) {
    return new InputEncoding(
        numeric,
        encoding.categorical(),
        encoding.calendar(),
        encoding.zone(),
        encoding.interval(),
        encoding.typicalGap(),
        encoding.targets(),
        encoding.deviationSpans(),
        statics,
        encoding.future());
  }

  private static NumericFeature feature(String name, boolean logarithmic) {
    return new NumericFeature(name, logarithmic, 1, 2, 0);
  }
}

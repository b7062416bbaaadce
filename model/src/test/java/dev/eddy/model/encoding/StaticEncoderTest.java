package dev.eddy.model.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.spec.Encodings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A speed that changes, an altitude and a kind of site that do not. */
class StaticEncoderTest {
  private static final int STATICS = 3; // behind the speed's three inputs
  private static final double NAN = Double.NaN;

  private final EncodedKey key = new EncodedKey(spec("hill", "shore"));

  @Test
  void a_value_is_unknown_until_it_is_seen_and_remembered_from_then_on() {
    observe(1, NAN, null);
    assertThat(statics(key)).containsExactly(0, 1, 0, 0, 1);
    observe(2, 300, null);
    assertThat(statics(key)).containsExactly(2, 0, 0, 0, 1);
    observe(3, NAN, "shore");
    float[] known = statics(key);
    assertThat(known).contains(2, 0).endsWith(0);
    assertThat(known[2] + known[3]).isEqualTo(1);
    observe(4, NAN, null);
    assertThat(statics(key)).isEqualTo(known);
  }

  @Test
  void two_categories_take_two_slots_and_one_of_no_vocabulary_that_of_the_unknown() {
    observe(1, NAN, "hill");
    float[] hill = statics(key);
    EncodedKey other = new EncodedKey(spec("hill", "shore"));
    other.observe(input(1, NAN, "shore"));
    assertThat(statics(other)).isNotEqualTo(hill).endsWith(0);
    observe(2, NAN, "swamp");
    assertThat(statics(key)).containsExactly(0, 1, 0, 0, 1);
  }

  @Test
  void a_value_that_comes_again_takes_the_old_ones_place() {
    observe(1, 100, "hill");
    observe(2, 400, "shore");
    assertThat(statics(key)[0]).isEqualTo(3);
  }

  @Test
  void a_key_has_no_score_of_its_own_for_them() {
    for (int time = 0; time < 10; time++) {
      observe(time, 300, "hill");
    }
    assertThat(statics(key)[0]).isEqualTo(2);
  }

  @Test
  void a_remembered_category_outlives_the_vocabulary_that_did_not_know_it() {
    observe(1, NAN, "swamp");
    EncodedKey next = new EncodedKey(spec("hill", "shore", "swamp"), key.memory);

    next.observe(input(2, NAN, null));

    assertThat(next.encoder.sharesMemoryWith(key.encoder)).isTrue();
    assertThat(next.inputs[STATICS + 5]).isZero(); // the place of the unknown
  }

  @Test
  void a_future_of_what_does_not_change_is_ignored() {
    ModelSpec plain = spec("hill", "shore");
    InputEncoding.Future speed = new InputEncoding.Future(List.of("speed"), 2, List.of(1));
    InputEncoding encoding = Encodings.withFuture(plain.input(), speed);
    EncodedKey of = new EncodedKey(Specs.of(encoding, plain.head()));
    of.observe(input(1, 200, "hill"));
    RawFuture altitude = new RawFuture(new long[] {1}, new int[] {1}, new double[] {400});

    of.encoder.tell(altitude, of.memory);
    of.observe(input(2, NAN, null));

    assertThat(statics(of)[0]).isEqualTo(1);
  }

  private void observe(long time, double altitude, @Nullable String site) {
    key.observe(input(time, altitude, site));
  }

  private static RawInput input(long time, double altitude, @Nullable String site) {
    return new RawInput(time, new double[] {1, altitude}, new @Nullable String[] {site});
  }

  private static float[] statics(EncodedKey of) {
    return java.util.Arrays.copyOfRange(of.inputs, STATICS, STATICS + 5);
  }

  private static ModelSpec spec(String... sites) {
    InputEncoding encoding =
        new InputEncoding(
            List.of(new InputEncoding.NumericFeature("speed", false, 0, 1, 0)),
            List.of(),
            List.of(),
            ZoneId.of("UTC"),
            Optional.empty(),
            Duration.ofSeconds(1),
            List.of(),
            List.of(),
            new InputEncoding.Statics(
                List.of(new InputEncoding.NumericFeature("altitude", false, 100, 100, 0)),
                List.of(new InputEncoding.CategoricalFeature("site", List.of(sites)))),
            Optional.empty());
    return Specs.of(encoding, new Head.Classes(List.of("a", "b")));
  }
}

package dev.eddy.model.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.spec.Encodings;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawFutureUpdate;
import dev.eddy.model.spec.RawInput;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToldFutureTest {
  private static final int REACH = 3;

  @Test
  void a_key_that_begins_in_its_midst_has_heard_what_was_told_within_reach() {
    RawFuture told = history(3).first(5).future();
    // rows 2, 3, 4 tell three ahead, a future update behind row 4 one ahead, row 5 itself three
    // ahead
    assertThat(told.when()).containsExactly(0, 1, 2, 0, 3);
    assertThat(told.values()).containsExactly(2, 3, 4, 99, 5);
  }

  @Test
  void with_an_interval_what_was_told_keeps_its_time() {
    KeyHistory history = keyHistory(3_000);
    RawFuture told =
        new ToldFuture(history, encoding(Optional.of(Duration.ofSeconds(1)))).first(5).future();
    assertThat(told.when()).contains(5_000, 6_000, 7_000, 8_000);
    assertThat(told.values()).endsWith(2, 3, 4, 99, 5);
  }

  @Test
  void the_first_observation_is_as_it_is() {
    assertThat(history(3).first(0).future().values()).containsExactly(0);
  }

  private static ToldFuture history(long ahead) {
    return new ToldFuture(keyHistory(ahead), encoding(Optional.empty()));
  }

  /** Row r tells its number, three ahead (or for three seconds later). */
  private static KeyHistory keyHistory(long ahead) {
    List<RawInput> rows = new ArrayList<>();
    for (int row = 0; row < 8; row++) {
      long when = ahead > REACH ? row * 1000L + ahead : ahead;
      rows.add(new RawInput(row * 1000L, new double[1], new String[0], told(when, row)));
    }
    RawFutureUpdate futureUpdate = new RawFutureUpdate(4_500, told(ahead > REACH ? 5_000 : 1, 99));
    return new KeyHistory("k", rows, new String[8], new long[8], Map.of(5, List.of(futureUpdate)));
  }

  private static RawFuture told(long when, double value) {
    return new RawFuture(new long[] {when}, new int[1], new double[] {value});
  }

  private static InputEncoding encoding(Optional<Duration> interval) {
    return Encodings.withFuture(
        Encodings.of(
            List.of(new InputEncoding.NumericFeature("promo", false, 0, 1, 0)),
            List.of(),
            List.of(),
            ZoneOffset.UTC,
            interval,
            Duration.ofSeconds(1),
            List.of(),
            List.of()),
        new InputEncoding.Future(List.of("promo"), REACH, List.of(1)));
  }
}

package dev.eddy.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileFutureTest {
  private static final long DAY = 86_400_000;

  private final Deque<Observation> rows = new ArrayDeque<>();
  private int read;

  @Test
  void the_first_observation_is_told_all_within_reach_and_later_ones_one_more() {
    for (int day = 0; day < 5; day++) {
      row("a", day, day);
    }
    assertThat(told(counting(2)))
        .containsExactly("a0: +1=1 +2=2", "a1: +2=3", "a2: +2=4", "a3:", "a4:");
  }

  @Test
  void with_an_interval_values_are_for_times_and_gaps_count() {
    row("a", 0, 10);
    row("a", 1, 11);
    row("a", 4, 14);
    row("a", 5, 15);
    assertThat(told(daily(2))).containsExactly("a0: 1=11", "a1:", "a4: 5=15", "a5:");
  }

  @Test
  void keys_are_told_their_own_future_in_the_order_of_the_source() {
    row("a", 0, 1);
    row("b", 0, 2);
    row("b", 1, 3);
    row("a", 2, 4);
    assertThat(told(counting(1))).containsExactly("a0: +1=4", "b0: +1=3", "b1:", "a2:");
  }

  @Test
  void a_missing_value_is_not_told() {
    row("a", 0, 1);
    row("a", 1, Double.NaN);
    row("a", 2, 3);
    assertThat(told(counting(2))).containsExactly("a0: +2=3", "a1:", "a2:");
  }

  @Test
  void a_key_that_ends_does_not_hold_up_the_others_where_time_tells() {
    row("short", 0, 1);
    for (int day = 0; day < 100; day++) {
      row("a", day, day);
    }
    FileFuture future = daily(3);
    assertThat(text(future.next())).isEqualTo("short0:");
    assertThat(read).isLessThan(8);
  }

  @Test
  void however_rarely_a_key_comes_no_more_wait_than_there_is_room_and_nothing_is_lost() {
    int many = 200_000;
    row("rare", 0, 1);
    row("often", 0, 0);
    for (int day = 1; day < many; day++) {
      row("often", day, 0);
    }
    row("rare", many, 2);
    row("rare", many + 1, 3);
    FileFuture future = counting(2);
    assertThat(text(future.next())).isEqualTo("rare0:");
    assertThat(read).isLessThan(70_000);
    for (int day = 0; day < many; day++) {
      future.next();
    }
    assertThat(text(future.next())).isEqualTo("rare" + many + ": +1=3");
  }

  private FileFuture counting(int reach) {
    return future(reach, 0);
  }

  private FileFuture daily(int reach) {
    return future(reach, DAY);
  }

  private FileFuture future(int reach, long interval) {
    FutureFields fields = new FutureFields(List.of("promo"), reach, interval);
    return new FileFuture(
        () -> {
          read++;
          return rows.poll();
        },
        new ObservationSchema(List.of("sales", "promo"), List.of(), null, fields));
  }

  private void row(String key, int day, double promo) {
    rows.add(new Observation(key, day * DAY, new double[] {7, promo}, new String[0], null, -1, -1));
  }

  private static List<String> told(FileFuture future) {
    List<String> all = new ArrayList<>();
    for (Observation each = future.next(); each != null; each = future.next()) {
      all.add(text(each));
    }
    return all;
  }

  private static String text(Observation observation) {
    StringBuilder text =
        new StringBuilder(observation.key()).append(observation.time() / DAY).append(':');
    FutureValues future = observation.future();
    for (int i = 0; i < future.size(); i++) {
      assertThat(future.features()[i]).isEqualTo(1);
      long when = future.when()[i];
      text.append(when < DAY ? " +" + when : " " + when / DAY)
          .append('=')
          .append((int) future.values()[i]);
    }
    return text.toString();
  }
}

package dev.eddy.pipeline.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.shared.SharedRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedValuesTest {
  static final int INTERVAL = 10;
  private static final double MISSING = Double.NaN;

  /** Of observations of load, price and holiday, the latter two shared, the price known ahead. */
  static SharedFeatures features(Duration maxAge, Duration await, Duration keep) {
    ObservationSchema observations =
        new ObservationSchema(
            List.of("load", "price", "holiday"),
            List.of(),
            null,
            new FutureFields(List.of("price"), 3, INTERVAL),
            RecordLayout.PLAIN,
            List.of("price", "holiday"));
    return new SharedFeatures(
        "shared",
        SharedRecords.schema(List.of("price", "holiday"), Map.of(), observations),
        observations,
        Duration.ofDays(1),
        maxAge,
        await,
        keep);
  }

  static SharedFeatures ofAnyAge() {
    return features(Duration.ZERO, Duration.ofSeconds(1), Duration.ofDays(30));
  }

  static Observation shared(long offset, long time, double price, double holiday) {
    return new Observation(
        "shared", time, new double[] {price, holiday}, new String[0], null, 0, offset);
  }

  /** Prices of times to come: time, price, time, price, … */
  static KeyedEvent told(long offset, long time, Number... prices) {
    int size = prices.length / 2;
    FutureValues future = new FutureValues(new long[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      future.when()[i] = prices[2 * i].longValue();
      future.values()[i] = prices[2 * i + 1].doubleValue();
    }
    return new FutureUpdate("shared", time, future, 0, offset);
  }

  static Observation alone(String key, long time) {
    return new Observation(
        key, time, new double[] {7, MISSING, MISSING}, new String[0], null, 0, time);
  }

  static SharedValues of(SharedFeatures features, KeyedEvent... events) {
    SharedValues values = new SharedValues(features);
    for (KeyedEvent each : events) {
      assertThat(values.add(each)).isTrue();
    }
    return values;
  }

  static String seen(SharedValues values, long time) {
    Observation joined = values.join(alone("a", time));
    return joined.numeric()[1] + " " + joined.numeric()[2];
  }

  static String ahead(SharedValues values, long time) {
    FutureValues future = values.join(alone("a", time)).future();
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < future.size(); i++) {
      entries.add(future.features()[i] + "@" + future.when()[i] + "=" + future.values()[i]);
    }
    return String.join(" ", entries);
  }

  @Test
  void a_value_holds_from_its_time_until_another_is_told() {
    SharedValues values =
        of(
            ofAnyAge(),
            shared(0, 100, 5, 0),
            shared(1, 200, 6, MISSING),
            shared(2, 300, MISSING, 1));

    assertThat(seen(values, 99)).isEqualTo("NaN NaN");
    assertThat(seen(values, 100)).isEqualTo("5.0 0.0");
    assertThat(seen(values, 199)).isEqualTo("5.0 0.0");
    assertThat(seen(values, 200)).isEqualTo("6.0 0.0");
    assertThat(seen(values, 300)).isEqualTo("6.0 1.0");
    assertThat(values.lacks(values.join(alone("a", 99)))).isTrue();
    assertThat(values.lacks(values.join(alone("a", 100)))).isFalse();
  }

  @Test
  void what_an_observation_says_itself_goes_first() {
    SharedValues values = of(ofAnyAge(), shared(0, 100, 5, 0), told(1, 100, 110, 8));
    FutureValues own = new FutureValues(new long[] {110}, new int[] {1}, new double[] {9});
    Observation joined =
        values.join(
            new Observation(
                "a", 105, new double[] {7, 4, MISSING}, new String[0], "x", own, 3, 8, 77));

    assertThat(joined.numeric()).containsExactly(7, 4, 0);
    assertThat(joined.future().values()).containsExactly(8, 9); // the later takes the place
    assertThat(joined)
        .extracting(
            Observation::label,
            Observation::partition,
            Observation::offset,
            Observation::recordTime)
        .containsExactly("x", 3, 8L, 77L);
  }

  @Test
  void a_value_that_is_too_old_is_missing() {
    SharedValues values =
        of(
            features(Duration.ofMillis(50), Duration.ZERO, Duration.ofDays(1)),
            shared(0, 100, 5, 0));

    assertThat(seen(values, 150)).isEqualTo("5.0 0.0");
    assertThat(seen(values, 151)).isEqualTo("NaN NaN");
  }

  @Test
  void of_one_time_the_later_record_counts_whichever_came_first() {
    SharedValues values = of(ofAnyAge(), shared(0, 100, 5, 0), shared(1, 100, 6, MISSING));
    Observation ofOtherPartition =
        new Observation("shared", 100, new double[] {9, 9}, new String[0], null, 1, 0);
    SharedValues first = of(ofAnyAge(), ofOtherPartition, shared(0, 100, 5, 0));
    SharedValues last = of(ofAnyAge(), shared(0, 100, 5, 0), ofOtherPartition);

    assertThat(seen(values, 100)).isEqualTo("6.0 0.0");
    assertThat(seen(first, 100)).isEqualTo("9.0 9.0").isEqualTo(seen(last, 100));
  }

  @Test
  void what_is_to_come_is_seen_from_when_it_was_told() {
    SharedValues values =
        of(
            ofAnyAge(),
            told(0, 100, 110, 1, 120, 2, 130, 3, 140, 4),
            told(1, 115, 120, 2.5, 130, MISSING));

    assertThat(ahead(values, 99)).isEmpty();
    assertThat(ahead(values, 100)).isEqualTo("1@110=1.0 1@120=2.0 1@130=3.0 1@140=4.0");
    assertThat(ahead(values, 114)).isEqualTo("1@110=1.0 1@120=2.0 1@130=3.0 1@140=4.0");
    assertThat(ahead(values, 115)).isEqualTo("1@110=1.0 1@140=4.0 1@120=2.5 1@130=NaN");
    assertThat(ahead(values, 135)).isEqualTo("1@140=4.0 1@130=NaN");
    assertThat(ahead(values, 400)).isEmpty();
  }

  @Test
  void no_more_is_told_than_lies_within_reach() {
    SharedValues values =
        of(
            ofAnyAge(),
            told(0, 100, IntStream.range(0, 40).mapToObj(i -> i * 10).toArray(Integer[]::new)));

    assertThat(values.join(alone("a", 200)).future().when()).contains(200, 220).doesNotContain(260);
  }

  @Test
  void a_value_told_of_this_time_holds_now() {
    SharedValues values = of(ofAnyAge(), shared(0, 50, 9, 0), told(1, 60, 100, 1, 110, 2));

    assertThat(seen(values, 99)).isEqualTo("9.0 0.0");
    assertThat(seen(values, 100)).isEqualTo("1.0 0.0");
    assertThat(seen(values, 109)).isEqualTo("1.0 0.0");
    assertThat(seen(values, 112)).isEqualTo("2.0 0.0");
    assertThat(seen(values, 120))
        .isEqualTo("9.0 0.0"); // an interval later it says nothing any more
  }

  @Test
  void the_order_of_arrival_changes_nothing() {
    Random random = new Random(11);
    List<KeyedEvent> inOrder = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long time = random.nextInt(500);
      inOrder.add(
          random.nextBoolean()
              ? shared(i, time, random.nextInt(9), random.nextInt(2))
              : told(i, time, time + random.nextInt(60), random.nextInt(9)));
    }
    List<KeyedEvent> shuffled = new ArrayList<>();
    for (KeyedEvent each : inOrder) { // each in a partition of its own: any order is one
      shuffled.add(placed(each));
    }
    SharedValues one = of(ofAnyAge(), shuffled.toArray(KeyedEvent[]::new));
    Collections.shuffle(shuffled, random);
    SharedValues other = of(ofAnyAge(), shuffled.toArray(KeyedEvent[]::new));

    for (long time = 0; time < 600; time++) {
      assertThat(seen(one, time)).isEqualTo(seen(other, time));
      assertThat(ahead(one, time)).isEqualTo(ahead(other, time));
    }
  }

  private static KeyedEvent placed(KeyedEvent event) {
    int partition = (int) event.offset();
    return event instanceof Observation of
        ? new Observation(
            of.key(), of.time(), of.numeric(), of.categories(), null, partition, event.offset())
        : new FutureUpdate(event.key(), event.time(), event.future(), partition, event.offset());
  }

  @Test
  void it_is_settled_up_to_the_time_that_every_feature_was_told_of() {
    SharedValues values = of(ofAnyAge(), shared(0, 100, 5, MISSING));
    assertThat(values.settled()).isEqualTo(Long.MIN_VALUE);
    values.add(shared(1, 80, MISSING, 1));
    assertThat(values.settled()).isEqualTo(80);
    values.add(shared(2, 120, MISSING, 1));
    assertThat(values.settled()).isEqualTo(100);
    values.add(told(3, 110, 150, 1));
    assertThat(values.settled()).isEqualTo(110);
  }

  @Test
  void what_is_forgotten_is_no_longer_needed() {
    SharedValues values = new SharedValues(ofAnyAge());
    for (int i = 0; i < 1000; i++) {
      values.add(shared(2L * i, i, i, 0));
      values.add(told(2L * i + 1, i, i + 10, i));
    }
    long before = values.size();
    String seen = seen(values, 900);
    String ahead = ahead(values, 900);
    values.forgetBefore(900);

    assertThat(seen(values, 900)).isEqualTo(seen);
    assertThat(ahead(values, 900)).isEqualTo(ahead);
    assertThat(before).isEqualTo(3000);
    assertThat(values.size()).isLessThan(400);
  }
}

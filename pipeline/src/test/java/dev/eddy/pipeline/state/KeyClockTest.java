package dev.eddy.pipeline.state;

import static dev.eddy.pipeline.state.KeyClock.Verdict.IN_ORDER;
import static dev.eddy.pipeline.state.KeyClock.Verdict.LATE;
import static dev.eddy.pipeline.state.KeyClock.Verdict.SET_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Observation;
import org.junit.jupiter.api.Test;

class KeyClockTest {
  private static final long MAX_AHEAD = 100;

  private final KeyClock clock = new KeyClock();

  @Test
  void three_in_a_row_that_agree_set_it_back() {
    assertThat(judge(10, 10)).isEqualTo(IN_ORDER);
    assertThat(judge(90, 11)).isEqualTo(IN_ORDER);
    assertThat(judge(12, 12)).isEqualTo(LATE);
    assertThat(judge(12, 13)).isEqualTo(LATE);
    assertThat(judge(13, 14)).isEqualTo(SET_BACK);
    assertThat(judge(14, 15)).isEqualTo(IN_ORDER);
    assertThat(judge(13, 16)).isEqualTo(LATE);
  }

  @Test
  void one_in_between_that_is_in_order_ends_the_row() {
    judge(90, 11);
    judge(12, 12);
    judge(13, 13);
    assertThat(judge(95, 14)).isEqualTo(IN_ORDER);
    assertThat(judge(15, 15)).isEqualTo(LATE);
    assertThat(judge(16, 16)).isEqualTo(LATE);
    assertThat(judge(17, 17)).isEqualTo(SET_BACK);
  }

  @Test
  void one_older_than_the_one_before_it_begins_the_row_anew() {
    judge(90, 11);
    judge(12, 12);
    judge(13, 13);
    assertThat(judge(11, 14)).isEqualTo(LATE);
    assertThat(judge(15, 15)).isEqualTo(LATE);
    assertThat(judge(16, 16)).isEqualTo(SET_BACK);
  }

  @Test
  void one_far_from_its_kafka_timestamp_ends_the_row() {
    judge(1000, 950);
    judge(800, 850);
    judge(810, 850);
    assertThat(judge(820, 921)).isEqualTo(LATE);
    assertThat(judge(820, 719)).isEqualTo(LATE);
    assertThat(judge(820, Observation.NO_RECORD_TIME)).isEqualTo(LATE);
    assertThat(clock.late()).isZero();
  }

  @Test
  void what_is_sent_again_later_than_the_last_time_is_only_late() {
    for (long time = 10; time < 20; time++) {
      assertThat(judge(time, time)).isEqualTo(IN_ORDER);
    }
    for (long time = 10; time < 19; time++) {
      assertThat(judge(time, 20 + time)).isEqualTo(LATE);
    }
    assertThat(judge(19, 40)).isEqualTo(IN_ORDER);
  }

  private KeyClock.Verdict judge(long time, long recordTime) {
    return clock.judge(time, recordTime, MAX_AHEAD);
  }
}

package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Prediction;
import java.nio.file.Path;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a micro-batch is stepped, and that nobody downstream can tell that there is one. */
class FlushTest {
  @TempDir Path store;
  private PredictHarness harness;

  @BeforeEach
  void start() throws Exception {
    TestModels models = new TestModels(store);
    harness = PredictHarness.started(models.announce(models.publish(1)));
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void a_full_batch_is_stepped_at_once() throws Exception {
    for (int i = 0; i < PredictHarness.MAX_BATCH - 1; i++) {
      harness.observe("key " + i, i);
    }
    assertThat(harness.predictions()).isEmpty();
    harness.observe("one more", 100);
    assertThat(harness.predictions()).hasSize(PredictHarness.MAX_BATCH);
  }

  @Test
  void the_first_observation_of_a_batch_lingers_so_long_and_no_longer() throws Exception {
    harness.setProcessingTime(1000);
    harness.observe("a", 1);
    harness.setProcessingTime(1000 + PredictHarness.LINGER - 1);
    harness.observe("b", 2);
    assertThat(harness.predictions()).isEmpty();
    harness.setProcessingTime(1000 + PredictHarness.LINGER);
    assertThat(harness.predictions()).hasSize(2);
  }

  @Test
  void a_timer_left_over_from_the_batch_before_does_not_cut_the_next_one_short() throws Exception {
    harness.setProcessingTime(1000);
    harness.observe("a", 1);
    harness.watermark1(1);
    harness.setProcessingTime(1003);
    harness.observe("b", 2);
    harness.setProcessingTime(1000 + PredictHarness.LINGER);
    assertThat(harness.predictions()).hasSize(1);
    harness.setProcessingTime(1003 + PredictHarness.LINGER);
    assertThat(harness.predictions()).hasSize(2);
    assertThat(harness.getProcessingTimeService().getNumActiveTimers()).isZero();
  }

  @Test
  void a_watermark_follows_the_observations_before_it() throws Exception {
    harness.observe("a", 1);
    harness.watermark1(1);
    assertThat(harness.getOutput()).hasSize(2).last().isEqualTo(new Watermark(1));
  }

  @Test
  void an_idle_status_follows_the_observations_before_it() throws Exception {
    harness.observe("a", 1);
    harness.idle1();
    assertThat(harness.getOutput()).hasSize(2).last().isEqualTo(WatermarkStatus.IDLE);
  }

  @Test
  void a_checkpoint_barrier_finds_the_buffer_empty() throws Exception {
    harness.observe("a", 1);
    harness.prepareSnapshotPreBarrier(1);
    assertThat(harness.predictions()).hasSize(1);
  }

  @Test
  void the_end_of_the_observations_leaves_nothing_behind() throws Exception {
    harness.observe("a", 1);
    harness.endInput(2);
    assertThat(harness.predictions()).isEmpty();
    harness.endInput(1);
    assertThat(harness.predictions()).hasSize(1);
  }

  @Test
  void finishing_leaves_nothing_behind() throws Exception {
    harness.observe("a", 1);
    harness.getOperator().finish();
    assertThat(harness.predictions()).hasSize(1);
  }

  @Test
  void announcements_hold_back_neither_watermarks_nor_idleness() throws Exception {
    harness.watermark1(7);
    assertThat(harness.getOutput()).containsExactly(new Watermark(7));
    harness.watermark2(99);
    harness.idle2();
    assertThat(harness.getOutput()).hasSize(1);
    harness.idle1();
    assertThat(harness.getOutput()).hasSize(2).last().isEqualTo(WatermarkStatus.IDLE);
  }

  @Test
  void predictions_leave_in_arrival_order_each_with_its_own_timestamp() throws Exception {
    harness.observe("b", 5);
    harness.observe("a", 3);
    harness.observe("b", 6);
    harness.observe("a", 4);
    harness.prepareSnapshotPreBarrier(1);
    assertThat(harness.extractOutputStreamRecords())
        .extracting(StreamRecord::getTimestamp)
        .containsExactly(5L, 3L, 6L, 4L);
    assertThat(harness.predictions())
        .extracting(Prediction::key)
        .containsExactly("b", "a", "b", "a");
    assertThat(harness.predictions())
        .extracting(Prediction::offset)
        .containsExactly(5L, 3L, 6L, 4L);
  }
}

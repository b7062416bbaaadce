package dev.eddy.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LossTableTest {
  private static final int KEYS = 6;
  private static final int BLOCKS = 20;
  private static final int BLOCK = 1000; // milliseconds

  private final Random random = new Random(3);

  @Test
  void what_is_better_everywhere_is_surely_better_by_its_share() {
    Gain gain = gain(noise -> 1, noise -> 1.25);
    assertThat(gain.isSure()).isTrue();
    assertThat(gain.probability()).isEqualTo(1);
    assertThat(gain.share()).isEqualTo(0.2, within(1e-9));
  }

  @Test
  void equals_are_not_better() {
    Gain gain = gain(noise -> 1, noise -> 1);
    assertThat(gain.isSure()).isFalse();
    assertThat(gain.probability()).isZero();
  }

  @Test
  void noise_is_mostly_told_from_a_gain() {
    int sure = 0;
    for (int trial = 0; trial < 40; trial++) {
      sure += gain(noise -> noise, noise -> random.nextDouble()).isSure() ? 1 : 0;
    }
    assertThat(sure).as("of 40 without any difference, 4 by chance").isLessThanOrEqualTo(8);
  }

  @Test
  void a_gain_in_one_block_of_time_alone_is_not_sure() {
    LossTable table = new LossTable(2, BLOCK);
    for (int key = 0; key < KEYS; key++) {
      for (int block = 0; block < BLOCKS; block++) {
        table.add(0, (long) block * BLOCK, block == 7 ? 0 : 1, 1);
      }
      table.endKey(means -> 1);
    }
    assertThat(table.gain(0, 1, "other", 1).isSure()).isFalse();
  }

  @Test
  void a_gain_of_one_key_alone_is_not_sure_however_large_it_is() {
    LossTable table = new LossTable(2, BLOCK);
    for (int key = 0; key < KEYS; key++) {
      for (int block = 0; block < BLOCKS; block++) {
        double size = key == 0 ? 1e6 : 1;
        table.add(0, (long) block * BLOCK, key == 0 ? 0.9 * size : 1.05, size);
      }
      table.endKey(means -> means[1]);
    }
    assertThat(table.gain(0, 1, "other", 1).isSure()).isFalse();
  }

  @Test
  void a_part_without_a_unit_is_left_out_and_each_part_has_its_own() {
    LossTable table = new LossTable(2, BLOCK);
    table.add(0, 0, 500, 1000);
    table.add(1, 0, 5, 1);
    table.endKey(means -> means[1]);
    table.add(0, 0, 0, 0);
    table.endKey(means -> means[1]);
    assertThat(table.sum(0)).isEqualTo(5.5);
    assertThat(table.count()).isEqualTo(2);
    assertThat(table.keys()).isEqualTo(1);
  }

  @Test
  void counts_keys_blocks_and_predictions_and_draws_the_same_again() {
    LossTable table = filled(noise -> noise, noise -> random.nextDouble());
    assertThat(table.count()).isEqualTo(KEYS * BLOCKS);
    assertThat(table.keys()).isEqualTo(KEYS);
    assertThat(table.blocks()).isEqualTo(BLOCKS);
    assertThat(table.gain(0, 1, "other", 9)).isEqualTo(table.gain(0, 1, "other", 9));
  }

  private Gain gain(DoubleUnaryOperator own, DoubleUnaryOperator other) {
    return filled(own, other).gain(0, 1, "other", 1);
  }

  private LossTable filled(DoubleUnaryOperator own, DoubleUnaryOperator other) {
    LossTable table = new LossTable(2, BLOCK);
    for (int key = 0; key < KEYS; key++) {
      for (int block = 0; block < BLOCKS; block++) {
        double noise = random.nextDouble();
        table.add(0, (long) block * BLOCK, own.applyAsDouble(noise), other.applyAsDouble(noise));
      }
      table.endKey(means -> 1);
    }
    return table;
  }
}

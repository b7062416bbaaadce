package dev.eddy.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.MemoryEstimate;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.settings.Settings;
import dev.eddy.settings.UserMistake;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
  private static final long GIGABYTE = 1_000_000_000;
  private static final InputSettings INPUT =
      new InputSettings(
          new FeatureSchema(List.of("load", "wind"), List.of()),
          List.of("load"),
          Optional.empty(),
          List.of(),
          ZoneOffset.UTC,
          Optional.empty());

  @Test
  void the_defaults_fit_and_everything_that_multiplies_them_is_counted() {
    MemoryEstimate usual = estimate(Map.of(), Map.of()).require(GIGABYTE, GIGABYTE);

    assertThat(usual.heap()).isBetween(10_000_000L, 100_000_000L);
    assertThat(estimate(Map.of(), Map.of("batch", 64)).heap())
        .isGreaterThan(19 * usual.heap() / 10);
    assertThat(estimate(Map.of(), Map.of("sequence-length", 384)).heap())
        .isGreaterThan(19 * usual.heap() / 10);
    assertThat(estimate(Map.of(), Map.of("seeds", 3)).heap()).isEqualTo(3 * usual.heap());
    assertThat(estimate(Map.of("layers", 8), Map.of()).heap()).isGreaterThan(3 * usual.heap());
    assertThat(estimate(Map.of("hidden", 256), Map.of()).heap()).isGreaterThan(3 * usual.heap());
  }

  @Test
  void what_cannot_be_had_is_refused_by_the_setting_that_is_furthest_above_its_default() {
    assertThatThrownBy(
            () ->
                estimate(Map.of("hidden", 128), Map.of("batch", 2048, "seeds", 2))
                    .require(GIGABYTE, GIGABYTE))
        .isInstanceOf(UserMistake.class)
        .hasMessageMatching(
            "training.batch: 2048 \\(must be less: training would take about \\S+ GB of the heap's"
                + " 1.0 GB, which -Xmx in EDDY_JAVA_OPTS sets\\)");
    assertThatThrownBy(
            () ->
                estimate(Map.of(), Map.of("batch", 65536, "sequence-length", 100_000))
                    .require(Long.MAX_VALUE, Long.MAX_VALUE))
        .hasMessage(
            "training.batch: 65536 (must be less: training would take arrays of more than"
                + " 2^31 numbers)");
  }

  @Test
  void every_extreme_is_counted_without_overflow() {
    MemoryEstimate most =
        estimate(
            Map.of("hidden", 4096, "layers", 64),
            Map.of("batch", 65536, "sequence-length", 100_000, "seeds", 1000));

    assertThat(most.heap()).isGreaterThan(1_000_000 * GIGABYTE);
    assertThat(most.outside()).isPositive();
  }

  @Test
  void sequences_longer_than_the_longest_key_take_no_more_than_it() {
    Map<String, Integer> longer = Map.of("sequence-length", 100_000);
    assertThat(estimate(Map.of(), longer, 500).heap())
        .isEqualTo(estimate(Map.of(), Map.of("sequence-length", 500), 500).heap())
        .isLessThan(estimate(Map.of(), longer, 5000).heap() / 9);
  }

  private static MemoryEstimate estimate(Map<String, ?> model, Map<String, ?> training) {
    return estimate(model, training, Long.MAX_VALUE);
  }

  private static MemoryEstimate estimate(
      Map<String, ?> model, Map<String, ?> training, long longest) {
    return TrainingMemory.before(
        INPUT,
        Settings.of(ModelSettings.class, model),
        Settings.with(TrainingSettings.of(new Split.ByLast(10, 10)), training),
        longest);
  }
}

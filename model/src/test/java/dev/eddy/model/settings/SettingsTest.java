package dev.eddy.model.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Split SPLIT = new Split.ByTime(Instant.EPOCH, Instant.EPOCH);

  @Test
  void a_wrong_setting_is_named_with_its_value_and_what_was_expected() {
    assertThatThrownBy(() -> Settings.with(TrainingSettings.of(SPLIT), Map.of("batch", 0)))
        .hasMessage("training.batch: 0 (must be 1 to 65536)");
    assertThatThrownBy(() -> Settings.with(TrainingSettings.of(SPLIT), Map.of("burn-in", 192)))
        .hasMessage("training.burn-in: 192 (must be less than sequence-length, 192)");
    assertThatThrownBy(() -> model(List.of(2, 1), List.of(0.5), "auto"))
        .hasMessage("model.horizons: [2, 1] (must be ascending, each 1 to 10000)");
    assertThatThrownBy(() -> model(List.of(1), List.of(0.1), "auto"))
        .hasMessageContaining("model.quantiles: [0.1] (must be");
    assertThatThrownBy(() -> model(List.of(1), List.of(0.5), "yesterday"))
        .hasMessageContaining("model.baseline: yesterday (must be");
    assertThatThrownBy(() -> new Split.ByTime(Instant.ofEpochSecond(2), Instant.ofEpochSecond(1)))
        .hasMessageContaining("training.split.test-from: 1970-01-01T00:00:01Z (must be no earlier");
  }

  @Test
  void what_only_some_cells_have_is_refused_with_others() {
    assertThatThrownBy(() -> model(CellType.SRU, true, 1))
        .hasMessage("model.peephole: true (must be false with cell sru; only lstm has peepholes)");
    assertThatThrownBy(() -> model(CellType.GRU, false, 0.5))
        .hasMessage("model.leak: 0.5 (must be 1 with cell gru; only rnn leaks)");
    assertThatThrownBy(() -> model(CellType.RNN, false, 1.5))
        .hasMessage("model.leak: 1.5 (must be above 0 and at most 1)");
    assertThat(model(CellType.RNN, false, 0.3).network(5, 7))
        .isEqualTo(new NetworkShape(CellType.RNN, 5, 4, 1, 7, false, 0.3));
    assertThat(model(CellType.LSTM, true, 1).network(5, 7))
        .isEqualTo(new NetworkShape(CellType.LSTM, 5, 4, 1, 7, true, 1));
  }

  @Test
  void a_baseline_is_read_as_written() {
    assertThat(model(List.of(1), List.of(0.5), "auto").fixedBaseline()).isEmpty();
    assertThat(model(List.of(1), List.of(0.5), "last+season:24").fixedBaseline())
        .contains(new Head.Mean(true, List.of(24)));
  }

  @Test
  void keys_are_picked_by_name_glob_or_fraction() {
    List<String> keys = List.of("a.csv", "b.csv", "c.txt", "d+e");
    assertThat(new KeySelection.Named(List.of("d+e", "a.csv")).select(keys, 1))
        .containsExactly("a.csv", "d+e");
    assertThat(new KeySelection.Glob("*.csv").select(keys, 1)).containsExactly("a.csv", "b.csv");
    assertThat(new KeySelection.Glob("d?e").select(keys, 1)).containsExactly("d+e");
    KeySelection half = new KeySelection.Fraction(0.5);
    assertThat(half.select(keys, 1)).hasSize(2).isEqualTo(half.select(keys, 1));
    assertThatThrownBy(() -> new KeySelection.Glob("*.json").select(keys, 1))
        .hasMessageContaining("*.json (must be a glob that matches");
  }

  @Test
  void a_new_key_moves_at_most_one_other_into_or_out_of_a_fraction() {
    KeySelection tenth = new KeySelection.Fraction(0.1);
    List<String> keys = new ArrayList<>();
    for (int key = 0; key < 200; key++) {
      keys.add("pump-" + key);
      Set<String> before = key > 0 ? tenth.select(keys.subList(0, key), 1) : Set.of();
      Set<String> after = tenth.select(keys, 1);
      assertThat(before.stream().filter(each -> !after.contains(each))).hasSizeLessThan(2);
      assertThat(after.stream().filter(each -> !before.contains(each))).hasSizeLessThan(2);
    }
    assertThat(tenth.select(keys, 1)).hasSize(20).isNotEqualTo(tenth.select(keys, 2));
  }

  private static ModelSettings model(
      List<Integer> horizons, List<Double> quantiles, String baseline) {
    return Settings.of(
        ModelSettings.class,
        Map.of(
            "layers",
            1,
            "hidden",
            4,
            "horizons",
            horizons,
            "quantiles",
            quantiles,
            "baseline",
            baseline));
  }

  private static ModelSettings model(CellType cell, boolean peephole, double leak) {
    return new ModelSettings(
        Optional.empty(),
        cell,
        peephole,
        leak,
        List.of(Settings.of(LayerSettings.class, Map.of("count", 1))),
        4,
        List.of(1),
        List.of(0.5),
        "auto",
        Optional.empty(),
        ModelSettings.CalibrationMode.ONLINE);
  }
}

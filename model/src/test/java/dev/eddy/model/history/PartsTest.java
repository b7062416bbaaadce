package dev.eddy.model.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.settings.KeySelection;
import dev.eddy.model.settings.Split;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.RawInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
  private static final FeatureSchema SCHEMA = new FeatureSchema(List.of("load"), List.of());

  @TempDir Path folder;

  @Test
  void the_last_observations_of_each_key_test_and_those_before_them_validate() throws IOException {
    Parts parts = parts(new Split.ByLast(2, 3), HistoryOrder.EVENT_TIME);

    assertThat(of(parts, "long", 3)).containsExactly(Part.TRAINING, Part.TRAINING, Part.TRAINING);
    assertThat(parts.of("long", 29)).isEqualTo(Part.TRAINING);
    assertThat(parts.of("long", 30)).isEqualTo(Part.VALIDATION);
    assertThat(parts.of("long", 49)).isEqualTo(Part.VALIDATION);
    assertThat(parts.of("long", 50)).isEqualTo(Part.TEST);
    assertThat(parts.of("long", Long.MAX_VALUE)).isEqualTo(Part.TEST);
    assertThat(parts.mayTrain("long")).isTrue();
    assertThat(parts.mayTest("long")).isTrue();
  }

  @Test
  void a_key_without_enough_observations_trains_whole() throws IOException {
    Parts parts = parts(new Split.ByLast(2, 3), HistoryOrder.EVENT_TIME);

    assertThat(of(parts, "short", 5)).containsOnly(Part.TRAINING);
    assertThat(parts.mayTest("short")).isFalse();
    assertThat(parts.of("short", Long.MAX_VALUE)).isEqualTo(Part.TRAINING);
  }

  @Test
  void parts_are_by_event_time_whatever_the_order_of_the_history() throws IOException {
    Parts inOrder = parts(new Split.ByLast(2, 3), HistoryOrder.EVENT_TIME);
    Parts asArrived = parts(new Split.ByLast(2, 3), HistoryOrder.ARRIVAL);

    for (long time = -10; time < 90; time++) {
      assertThat(asArrived.of("long", time)).isEqualTo(inOrder.of("long", time));
    }
  }

  @Test
  void a_history_without_its_test_part_splits_alike() throws IOException {
    Split split = new Split.ByLast(2, 3);
    Parts parts = parts(split.withoutTest(), HistoryOrder.EVENT_TIME);

    assertThat(parts.of("long", 59)).isEqualTo(Part.TRAINING);
    assertThat(parts.of("long", 60)).isEqualTo(Part.VALIDATION);
    assertThat(parts.of("long", 1000)).isEqualTo(Part.VALIDATION);
    assertThat(parts.mayTest("long")).isFalse();
    assertThat(new Split.ByTime(Instant.EPOCH, Instant.MAX).withoutTest())
        .isEqualTo(new Split.ByTime(Instant.EPOCH, Instant.MAX));
    assertThat(
            new Split.ByKey(new KeySelection.Glob("a*"), new KeySelection.Glob("b*")).withoutTest())
        .isEqualTo(new Split.ByKey(new KeySelection.Glob("a*"), KeySelection.none()));
  }

  @Test
  void a_share_of_each_key_tests_however_long_it_is() throws IOException {
    Parts parts = parts(new Split.ByShare(0.2, 0.4), HistoryOrder.EVENT_TIME);

    assertThat(parts.of("long", 9)).isEqualTo(Part.TRAINING);
    assertThat(parts.of("long", 20)).isEqualTo(Part.VALIDATION);
    assertThat(parts.of("long", 40)).isEqualTo(Part.TEST);
    assertThat(parts.mayTest("short")).isTrue();
    assertThat(of(parts, "short", 5))
        .containsExactly(Part.TRAINING, Part.TRAINING, Part.VALIDATION, Part.TEST, Part.TEST);
    assertThatThrownBy(() -> new Split.ByShare(0.6, 0.4))
        .hasMessage("training.split: validation + test: 1.0 (must be below 1)");
  }

  @Test
  void negative_numbers_are_refused_by_name() {
    assertThatThrownBy(() -> new Split.ByLast(0, -1))
        .hasMessage("training.split.test: -1 (must be 0 to 1000000000)");
    assertThatThrownBy(() -> new Split.ByLast(-1, 0))
        .hasMessage("training.split.validation: -1 (must be 0 to 1000000000)");
  }

  private static List<Part> of(Parts parts, String key, int rows) {
    return IntStream.range(0, rows).mapToObj(row -> parts.of(key, 10L * row - 20)).toList();
  }

  /** Key {@code long} has ten observations, ten milliseconds apart up to 70, {@code short} five. */
  private Parts parts(Split split, HistoryOrder order) throws IOException {
    Path file = folder.resolve("history " + order);
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA, order)) {
      writer.startKey("long");
      for (int row = 0; row < 10; row++) {
        // As it arrives, the fourth comes last.
        int at = order == HistoryOrder.EVENT_TIME || row < 3 ? row : row == 9 ? 3 : row + 1;
        writer.append(input(10L * at - 20), null);
      }
      writer.startKey("short");
      for (int row = 0; row < 5; row++) {
        writer.append(input(10L * row - 20), null);
      }
    }
    try (History history = History.open(List.of(file), SCHEMA)) {
      return Parts.of(split, history, 1);
    }
  }

  private static RawInput input(long time) {
    return new RawInput(time, new double[] {1}, new String[0]);
  }
}

package dev.eddy.model.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawFutureUpdate;
import dev.eddy.model.spec.RawInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final FeatureSchema SCHEMA = new FeatureSchema(List.of("x", "y"), List.of("c"));

  @TempDir Path directory;

  @Test
  void gives_back_what_was_written_key_by_key() throws IOException {
    Path first = directory.resolve("first");
    try (HistoryWriter writer = new HistoryWriter(first, SCHEMA)) {
      writer.startKey("b");
      writer.append(input(1, 1.5, Double.NaN, "red"), "good");
      writer.append(input(1, 2.5, -1, null), null);
      writer.startKey("empty");
    }
    Path second = directory.resolve("second");
    try (HistoryWriter writer = new HistoryWriter(second, SCHEMA)) {
      writer.startKey("ä");
      writer.append(input(-7, 0, 1, "red"), "bad");
    }
    try (History history = History.open(List.of(second, first), SCHEMA)) {
      assertThat(history.keys()).containsExactly("b", "empty", "ä");
      KeyHistory b = history.read("b");
      assertThat(b.length()).isEqualTo(2).isEqualTo(history.length("b"));
      assertThat(b.time(1)).isEqualTo(1);
      assertThat(b.inputs().get(0).numeric()).containsExactly(1.5, Double.NaN);
      assertThat(b.inputs().get(0).categories()).containsExactly("red");
      assertThat(b.inputs().get(1).categories()).containsExactly((String) null);
      assertThat(b.labels()).containsExactly("good", null);
      assertThat(history.read("ä").labels()).containsExactly("bad");
      assertThat(history.length("empty")).isZero();
    }
  }

  @Test
  void gives_back_futures_with_and_without_an_observation() throws IOException {
    Path file = directory.resolve("future");
    int values = 50_000; // longer than a chunk
    RawFuture wide = new RawFuture(new long[values], new int[values], new double[values]);
    wide.when()[values - 1] = 17;
    wide.features()[values - 1] = 1;
    wide.values()[values - 1] = 3;
    RawFuture one = new RawFuture(new long[] {-5}, new int[] {1}, new double[] {2.5});
    RawFuture taken = new RawFuture(new long[] {6}, new int[] {0}, new double[] {Double.NaN});
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA)) {
      writer.startKey("a");
      assertThatThrownBy(() -> writer.append(new RawFutureUpdate(1, one)))
          .hasMessageContaining("a future update");
      writer.append(new RawInput(1, new double[2], new String[1], wide), "x");
      writer.append(new RawFutureUpdate(1, one));
      writer.append(new RawFutureUpdate(2, wide));
      writer.append(input(2, 3, 4, null), "y");
      writer.append(new RawFutureUpdate(9, taken));
      writer.startKey("b");
      writer.append(input(7, 8, 9, "red"), null);
    }
    try (History history = History.open(List.of(file), SCHEMA)) {
      KeyHistory a = history.read("a");
      assertThat(a.length()).isEqualTo(2);
      assertThat(a.labels()).containsExactly("x", "y");
      assertThat(a.inputs().get(0).future()).usingRecursiveComparison().isEqualTo(wide);
      assertThat(a.inputs().get(1).future().size()).isZero();
      assertThat(a.futureUpdatesBefore(0)).isEmpty();
      assertThat(a.futureUpdatesBefore(1))
          .usingRecursiveComparison()
          .isEqualTo(List.of(new RawFutureUpdate(1, one), new RawFutureUpdate(2, wide)));
      assertThat(a.futureUpdatesBefore(2).get(0).future().values()).containsExactly(Double.NaN);
      assertThat(history.read("b").inputs().get(0).numeric()).containsExactly(8, 9);
    }
  }

  @Test
  void reads_keys_longer_than_a_chunk() throws IOException {
    Path file = directory.resolve("long");
    int rows = 100_000;
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA)) {
      writer.startKey("k");
      for (int i = 0; i < rows; i++) {
        writer.append(input(i, i, -i, "c" + i % 3), null);
      }
    }
    try (History history = History.open(List.of(file), SCHEMA)) {
      KeyHistory key = history.read("k");
      for (int i = 0; i < rows; i += 777) {
        assertThat(key.inputs().get(i).numeric()).containsExactly(i, -i);
        assertThat(key.inputs().get(i).categories()).containsExactly("c" + i % 3);
      }
    }
  }

  @Test
  void refuses_what_is_out_of_order_doubled_or_no_history() throws IOException {
    Path file = directory.resolve("one");
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA)) {
      writer.startKey("k");
      writer.append(input(2, 0, 0, null), null);
      assertThatThrownBy(() -> writer.append(input(1, 0, 0, null), null))
          .hasMessageContaining("time: 1 (must be no earlier than the row before, 2)");
      assertThatThrownBy(() -> writer.startKey("k")).hasMessageContaining("key k: twice");
    }
    Path copy = Files.copy(file, directory.resolve("two"));
    assertThatThrownBy(() -> History.open(List.of(file, copy), SCHEMA))
        .hasMessageContaining("key k: in");
    Path other = Files.writeString(directory.resolve("other"), "something else entirely");
    assertThatThrownBy(() -> History.open(List.of(other), SCHEMA))
        .hasMessageContaining("must be a whole history file");
  }

  private static RawInput input(long time, double x, double y, String category) {
    return new RawInput(time, new double[] {x, y}, new String[] {category});
  }
}

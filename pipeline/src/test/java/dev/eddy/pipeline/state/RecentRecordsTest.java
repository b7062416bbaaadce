package dev.eddy.pipeline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.FutureValues;
import dev.eddy.model.encoding.KeyMemory;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bytes of recent inputs stay readable for ever. */
class RecentRecordsTest {
  private static final FutureValues FUTURE =
      new FutureValues(new long[] {3}, new int[] {1}, new double[] {0.5});

  private static final String FUTURE_BYTES =
      "00000001" + "0000000000000003" + "00000001" + "3fe0000000000000";

  @Test
  void a_halfs_first_record() throws IOException {
    RecentRecord.Begin begin =
        new RecentRecord.Begin(
            new ExactModel(7, 1, 2, 3, -1),
            new KeyMemory(new double[] {2}, new double[] {Double.NaN}));
    String bytes =
        "01"
            + "00000007"
            + "0000000000000001000000000000000200000000000000"
            + "03ffffffffffffffff"
            + "000000014000000000000000"
            + "000000017ff8000000000000";

    assertThat(HexFormat.of().formatHex(RecentRecords.write(begin))).isEqualTo(bytes);
    RecentRecord.Begin read = (RecentRecord.Begin) read(bytes);
    assertThat(read.model()).isEqualTo(begin.model());
    assertThat(read.memory().statistics()).containsExactly(2);
    assertThat(read.memory().values()).containsExactly(Double.NaN);
  }

  @Test
  void the_names_of_fields() throws IOException {
    RecentRecord.Fields fields = new RecentRecord.Fields(List.of("a", "ö"), List.of());
    String bytes = "02" + "00000002" + "0000000161" + "00000002c3b6" + "00000000";

    assertThat(HexFormat.of().formatHex(RecentRecords.write(fields))).isEqualTo(bytes);
    assertThat(read(bytes)).isEqualTo(fields);
    assertThat(fields.fingerprint()).isEqualTo(((RecentRecord.Fields) read(bytes)).fingerprint());
  }

  @Test
  void an_observation() throws IOException {
    @Nullable String[] categories = {null, "N"};
    RecentRecord.Input input =
        new RecentRecord.Input(5, new double[] {0.5}, categories, FUTURE, true);
    String bytes =
        "03"
            + "01"
            + "0000000000000005"
            + "000000013fe0000000000000"
            + "00000002ffffffff000000014e"
            + FUTURE_BYTES;

    assertThat(HexFormat.of().formatHex(RecentRecords.write(input))).isEqualTo(bytes);
    RecentRecord.Input read = (RecentRecord.Input) read(bytes);
    assertThat(read.setBack()).isTrue();
    assertThat(read.time()).isEqualTo(5);
    assertThat(read.numeric()).containsExactly(0.5);
    assertThat(read.categories()).containsExactly(null, "N");
    assertSame(read.future());
  }

  @Test
  void a_future_update() throws IOException {
    byte[] written = RecentRecords.write(new RecentRecord.Told(FUTURE));

    assertThat(HexFormat.of().formatHex(written)).isEqualTo("04" + FUTURE_BYTES);
    assertSame(((RecentRecord.Told) read("04" + FUTURE_BYTES)).future());
  }

  @Test
  void refuses_a_kind_of_the_future() {
    assertThatThrownBy(() -> read("05"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("kind 5 (must be 1 to 4");
  }

  private static void assertSame(FutureValues found) {
    assertThat(found.when()).isEqualTo(FUTURE.when());
    assertThat(found.features()).isEqualTo(FUTURE.features());
    assertThat(found.values()).isEqualTo(FUTURE.values());
  }

  private static RecentRecord read(String bytes) throws IOException {
    return RecentRecords.read(HexFormat.of().parseHex(bytes));
  }
}

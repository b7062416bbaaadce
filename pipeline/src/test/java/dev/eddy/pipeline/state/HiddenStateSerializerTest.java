package dev.eddy.pipeline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.inference.RecurrentState;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class HiddenStateSerializerTest {
  private static final HiddenState STATE =
      new HiddenState(
          7,
          1_750_000_000_000L,
          new RecurrentState(
              new float[] {1, -0.5f}, new double[] {3, 1e-9}, new float[] {Float.NaN}));

  /** Written by layout 1; stays readable for ever. */
  private static final String LAYOUT_1 =
      "01" // layout
          + "07000000" // version
          + "00dc207497010000" // last time
          + "020000000200000001000000" // lengths
          + "0000803f000000bf" // hidden
          + "000000000000084095d626e80b2e113e" // statistics
          + "0000c07f"; // memory

  private final HiddenStateSerializer serializer = new HiddenStateSerializer();

  @Test
  void reads_bytes_of_layout_1() throws IOException {
    assertSame(read(HexFormat.of().parseHex(LAYOUT_1)), STATE);
  }

  @Test
  void writes_layout_1() throws IOException {
    assertThat(HexFormat.of().formatHex(write(STATE))).isEqualTo(LAYOUT_1);
  }

  @Test
  void refuses_a_layout_of_the_future() {
    byte[] bytes = HexFormat.of().parseHex(LAYOUT_1);
    bytes[0] = 2;
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("layout 2 (must be 1");
  }

  @Property(tries = 50)
  void a_round_trip_and_a_copy_change_nothing(
      @ForAll @IntRange(max = 700) int hidden,
      @ForAll @IntRange(max = 50) int statistics,
      @ForAll @IntRange(max = 400) int memory,
      @ForAll int version,
      @ForAll long time,
      @ForAll long seed)
      throws IOException {
    HiddenState state = random(new Random(seed), version, time, hidden, statistics, memory);
    byte[] bytes = write(state);

    assertSame(read(bytes), state);
    assertSame(serializer.copy(state), state);
    DataOutputSerializer copied = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(bytes), copied);
    assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @Test
  void a_copy_shares_no_array() {
    HiddenState copy = serializer.copy(STATE);
    copy.recurrent().hidden()[0] = 99;
    copy.recurrent().statistics()[0] = 99;
    copy.recurrent().memory()[0] = 99;
    assertThat(STATE.recurrent().hidden()[0]).isEqualTo(1);
    assertThat(STATE.recurrent().statistics()[0]).isEqualTo(3);
    assertThat(STATE.recurrent().memory()[0]).isNaN();
  }

  @Test
  void a_serializer_that_travelled_works() throws Exception {
    TypeSerializer<HiddenState> travelled = InstantiationUtil.clone(serializer);
    DataOutputSerializer out = new DataOutputSerializer(16);
    travelled.serialize(STATE, out);
    assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer())).isEqualTo(LAYOUT_1);
  }

  @Test
  void the_snapshot_restores_the_serializer_and_finds_it_compatible() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(16);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<HiddenState> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(restored.restoreSerializer()).isEqualTo(serializer);
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
  }

  private static void assertSame(HiddenState found, HiddenState expected) {
    assertThat(found.version()).isEqualTo(expected.version());
    assertThat(found.lastTime()).isEqualTo(expected.lastTime());
    assertThat(found.recurrent().hidden()).isEqualTo(expected.recurrent().hidden());
    assertThat(found.recurrent().statistics()).isEqualTo(expected.recurrent().statistics());
    assertThat(found.recurrent().memory()).isEqualTo(expected.recurrent().memory());
  }

  private byte[] write(HiddenState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(state, out);
    return out.getCopyOfBuffer();
  }

  private HiddenState read(byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }

  private static HiddenState random(
      Random random, int version, long time, int hidden, int statistics, int memory) {
    float[] h = new float[hidden];
    double[] s = new double[statistics];
    float[] m = new float[memory];
    for (int i = 0; i < hidden; i++) {
      h[i] = random.nextFloat();
    }
    for (int i = 0; i < statistics; i++) {
      s[i] = random.nextGaussian();
    }
    for (int i = 0; i < memory; i++) {
      m[i] = random.nextInt(5) == 0 ? Float.NaN : random.nextFloat();
    }
    return new HiddenState(version, time, new RecurrentState(h, s, m));
  }
}

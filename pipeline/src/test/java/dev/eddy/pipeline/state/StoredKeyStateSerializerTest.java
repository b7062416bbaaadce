package dev.eddy.pipeline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.encoding.KeyMemory;
import dev.eddy.model.inference.CalibrationState;
import dev.eddy.model.inference.KeyState;
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

class StoredKeyStateSerializerTest {
  private static final StoredKeyState STATE =
      new StoredKeyState(
          7,
          1_750_000_000_000L,
          new KeyState(
              new float[] {1, -0.5f},
              new KeyMemory(new double[] {3, 1e-9}, new float[] {Float.NaN}),
              new CalibrationState(new double[] {5}, new float[] {0.2f, -2})));

  /** Written by layout 1; stays readable for ever. */
  private static final String LAYOUT_1 =
      "01" // layout
          + "07000000" // version
          + "00dc207497010000" // last time
          + "020000000200000001000000" // lengths
          + "0000803f000000bf" // hidden
          + "000000000000084095d626e80b2e113e" // statistics
          + "0000c07f"; // values of the memory

  private static final StoredKeyState LATE =
      new StoredKeyState(
          STATE.version(), STATE.lastTime(), 2, 1_740_000_000_000L, -1, STATE.keyState());

  /** Written by layout 4, of a key whose partition is known; stays readable for ever. */
  private static final String LAYOUT_4 =
      "04" // layout
          + "07000000" // version
          + "00dc207497010000" // last time
          + "09000000" // partition
          + "02000000020000000100000001000000"
          + "02000000" // lengths
          + "0000803f000000bf" // hidden
          + "000000000000084095d626e80b2e113e" // statistics
          + "0000c07f" // values of the memory
          + "0000000000001440" // clocks of the calibration
          + "cdcc4c3e000000c0"; // its values

  /** Written by layout 5, of one that two observations would set back; stays readable for ever. */
  private static final String LAYOUT_5 =
      "05" // layout
          + "07000000" // version
          + "00dc207497010000" // last time
          + "09000000" // partition
          + "02000000" // late
          + "00f8142095010000" // last late time
          + "02000000020000000100000001000000"
          + "02000000" // lengths
          + "0000803f000000bf" // hidden
          + "000000000000084095d626e80b2e113e" // statistics
          + "0000c07f" // values of the memory
          + "0000000000001440" // clocks of the calibration
          + "cdcc4c3e000000c0"; // its values

  /**
   * Written by layout 3, of a key that two observations would set back; stays readable for ever.
   */
  private static final String LAYOUT_3 =
      "03" // layout
          + "07000000" // version
          + "00dc207497010000" // last time
          + "02000000" // late
          + "00f8142095010000" // last late time
          + "02000000020000000100000001000000"
          + "02000000" // lengths
          + "0000803f000000bf" // hidden
          + "000000000000084095d626e80b2e113e" // statistics
          + "0000c07f" // values of the memory
          + "0000000000001440" // clocks of the calibration
          + "cdcc4c3e000000c0"; // its values

  /** Written by layout 2; stays readable for ever. */
  private static final String LAYOUT_2 =
      "02" // layout
          + "07000000" // version
          + "00dc207497010000" // last time
          + "02000000020000000100000001000000"
          + "02000000" // lengths
          + "0000803f000000bf" // hidden
          + "000000000000084095d626e80b2e113e" // statistics
          + "0000c07f" // values of the memory
          + "0000000000001440" // clocks of the calibration
          + "cdcc4c3e000000c0"; // its values

  private final StoredKeyStateSerializer serializer = new StoredKeyStateSerializer();

  @Test
  void reads_bytes_of_layout_1_without_calibration() throws IOException {
    KeyState keyState = STATE.keyState();
    assertSame(
        read(HexFormat.of().parseHex(LAYOUT_1)),
        new StoredKeyState(
            STATE.version(),
            STATE.lastTime(),
            new KeyState(keyState.hidden(), keyState.memory(), CalibrationState.none())));
  }

  @Test
  void writes_and_reads_layout_3_of_a_key_that_may_be_set_back() throws IOException {
    assertThat(HexFormat.of().formatHex(write(LATE))).isEqualTo(LAYOUT_3);
    assertSame(read(HexFormat.of().parseHex(LAYOUT_3)), LATE);
  }

  @Test
  void writes_and_reads_layout_2_of_any_other() throws IOException {
    assertThat(HexFormat.of().formatHex(write(STATE))).isEqualTo(LAYOUT_2);
    assertSame(read(HexFormat.of().parseHex(LAYOUT_2)), STATE);
  }

  @Test
  void writes_and_reads_layouts_4_and_5_of_a_key_whose_partition_is_known() throws IOException {
    assertThat(HexFormat.of().formatHex(write(placed(STATE)))).isEqualTo(LAYOUT_4);
    assertSame(read(HexFormat.of().parseHex(LAYOUT_4)), placed(STATE));
    assertThat(HexFormat.of().formatHex(write(placed(LATE)))).isEqualTo(LAYOUT_5);
    assertSame(read(HexFormat.of().parseHex(LAYOUT_5)), placed(LATE));
  }

  private static StoredKeyState placed(StoredKeyState state) {
    return new StoredKeyState(
        state.version(), state.lastTime(), state.late(), state.lateTime(), 9, state.keyState());
  }

  @Test
  void refuses_a_layout_of_the_future() {
    byte[] bytes = HexFormat.of().parseHex(LAYOUT_2);
    bytes[0] = 6;
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("layout 6 (must be 1 to 5");
  }

  @Property(tries = 50)
  void a_round_trip_and_a_copy_change_nothing(
      @ForAll @IntRange(max = 700) int hidden,
      @ForAll @IntRange(max = 50) int statistics,
      @ForAll @IntRange(max = 400) int remembered,
      @ForAll @IntRange(max = 60) int calibration,
      @ForAll int version,
      @ForAll long time,
      @ForAll long seed)
      throws IOException {
    StoredKeyState state =
        random(new Random(seed), version, time, hidden, statistics, remembered, calibration);
    byte[] bytes = write(state);

    assertSame(read(bytes), state);
    assertSame(serializer.copy(state), state);
    DataOutputSerializer copied = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(bytes), copied);
    assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @Test
  void a_copy_shares_no_array() {
    StoredKeyState copy = serializer.copy(STATE);
    copy.keyState().hidden()[0] = 99;
    copy.keyState().memory().statistics()[0] = 99;
    copy.keyState().memory().values()[0] = 99;
    copy.keyState().calibration().clocks()[0] = 99;
    copy.keyState().calibration().values()[0] = 99;
    assertThat(STATE.keyState().hidden()[0]).isEqualTo(1);
    assertThat(STATE.keyState().memory().statistics()[0]).isEqualTo(3);
    assertThat(STATE.keyState().memory().values()[0]).isNaN();
    assertThat(STATE.keyState().calibration().clocks()[0]).isEqualTo(5);
    assertThat(STATE.keyState().calibration().values()[0]).isEqualTo(0.2f);
  }

  @Test
  void a_serializer_that_travelled_works() throws Exception {
    TypeSerializer<StoredKeyState> travelled = InstantiationUtil.clone(serializer);
    DataOutputSerializer out = new DataOutputSerializer(16);
    travelled.serialize(STATE, out);
    assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer())).isEqualTo(LAYOUT_2);
  }

  @Test
  void the_snapshot_restores_the_serializer_and_finds_it_compatible() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(16);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<StoredKeyState> restored =
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

  private static void assertSame(StoredKeyState found, StoredKeyState expected) {
    assertThat(found.version()).isEqualTo(expected.version());
    assertThat(found.lastTime()).isEqualTo(expected.lastTime());
    assertThat(found.late()).isEqualTo(expected.late());
    assertThat(found.lateTime()).isEqualTo(expected.lateTime());
    assertThat(found.partition()).isEqualTo(expected.partition());
    assertThat(found.keyState().hidden()).isEqualTo(expected.keyState().hidden());
    KeyMemory memory = expected.keyState().memory();
    assertThat(found.keyState().memory().statistics()).isEqualTo(memory.statistics());
    assertThat(found.keyState().memory().values()).isEqualTo(memory.values());
    CalibrationState calibration = expected.keyState().calibration();
    assertThat(found.keyState().calibration().clocks()).isEqualTo(calibration.clocks());
    assertThat(found.keyState().calibration().values()).isEqualTo(calibration.values());
  }

  private byte[] write(StoredKeyState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(state, out);
    return out.getCopyOfBuffer();
  }

  private StoredKeyState read(byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }

  private static StoredKeyState random(
      Random random,
      int version,
      long time,
      int hidden,
      int statistics,
      int remembered,
      int calibration) {
    float[] h = new float[hidden];
    double[] s = new double[statistics];
    float[] m = new float[remembered];
    for (int i = 0; i < hidden; i++) {
      h[i] = random.nextFloat();
    }
    for (int i = 0; i < statistics; i++) {
      s[i] = random.nextGaussian();
    }
    for (int i = 0; i < remembered; i++) {
      m[i] = random.nextInt(5) == 0 ? Float.NaN : random.nextFloat();
    }
    double[] clocks = new double[calibration];
    float[] values = new float[2 * calibration];
    for (int i = 0; i < calibration; i++) {
      clocks[i] = random.nextLong();
      values[i] = random.nextFloat();
    }
    int late = random.nextInt(3);
    return new StoredKeyState(
        version,
        time,
        late,
        late == 0 ? 0 : random.nextLong(),
        random.nextInt(4) - 1,
        new KeyState(h, new KeyMemory(s, m), new CalibrationState(clocks, values)));
  }
}

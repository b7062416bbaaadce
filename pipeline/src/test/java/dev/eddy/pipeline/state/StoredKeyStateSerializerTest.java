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
          ExactModel.undigested(7),
          1_750_000_000_000L,
          new KeyState(
              new float[] {1, -0.5f},
              new KeyMemory(new double[] {3, 1e-9}, new double[] {Double.NaN}),
              new CalibrationState(new double[] {5}, new double[] {0.2f, -2})));

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
          STATE.model(),
          STATE.lastTime(),
          2,
          1_740_000_000_000L,
          -1,
          RecentMark.NONE,
          STATE.keyState());

  /** Of a known model, with recent inputs. */
  private static final StoredKeyState DIGESTED =
      new StoredKeyState(
          new ExactModel(7, 0x0102030405060708L, 2, 3, -4),
          STATE.lastTime(),
          2,
          1_740_000_000_000L,
          9,
          new RecentMark(2, 17, 3, 0x0a0b0c0d),
          STATE.keyState());

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

  /** Written by layout 7; stays readable for ever. */
  private static final String LAYOUT_7 =
      "07" // layout
          + "07000000" // version
          + "00dc207497010000" // last time
          + "09000000" // partition
          + "02000000" // late
          + "00f8142095010000" // last late time
          + "0807060504030201020000000000000003000000000000"
          + "00fcffffffffffffff" // digest
          + "0200000011000000030000000d0c0b0a" // recent inputs
          + "02000000020000000100000001000000"
          + "02000000" // lengths
          + "0000803f000000bf" // hidden
          + "000000000000084095d626e80b2e113e" // statistics
          + "000000000000f87f" // values of the memory
          + "0000000000001440" // clocks of the calibration
          + "000000a09999c93f00000000000000c0"; // its values

  /** Written by layout 6, of one that two observations would set back; stays readable for ever. */
  private static final String LAYOUT_6 =
      "06" // layout
          + "07000000" // version
          + "00dc207497010000" // last time
          + "09000000" // partition
          + "02000000" // late
          + "00f8142095010000" // last late time
          + "02000000020000000100000001000000"
          + "02000000" // lengths
          + "0000803f000000bf" // hidden
          + "000000000000084095d626e80b2e113e" // statistics
          + "000000000000f87f" // values of the memory
          + "0000000000001440" // clocks of the calibration
          + "000000a09999c93f00000000000000c0"; // its values

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
            STATE.model(),
            STATE.lastTime(),
            new KeyState(keyState.hidden(), keyState.memory(), CalibrationState.none())));
  }

  @Test
  void reads_layouts_2_to_5_whose_values_were_floats() throws IOException {
    assertSame(read(HexFormat.of().parseHex(LAYOUT_2)), STATE);
    assertSame(read(HexFormat.of().parseHex(LAYOUT_3)), LATE);
    assertSame(read(HexFormat.of().parseHex(LAYOUT_4)), placed(STATE));
    assertSame(read(HexFormat.of().parseHex(LAYOUT_5)), placed(LATE));
  }

  @Test
  void reads_layout_6_which_names_no_digest() throws IOException {
    assertSame(read(HexFormat.of().parseHex(LAYOUT_6)), placed(LATE));
    assertThat(read(HexFormat.of().parseHex(LAYOUT_6)).model().isDigested()).isFalse();
  }

  @Test
  void writes_and_reads_layout_7_which_names_the_model_by_its_digest() throws IOException {
    assertThat(HexFormat.of().formatHex(write(DIGESTED))).isEqualTo(LAYOUT_7);
    assertSame(read(HexFormat.of().parseHex(LAYOUT_7)), DIGESTED);
  }

  @Test
  void writes_and_reads_layout_8_of_a_key_that_has_a_shadow_and_of_no_other() throws IOException {
    StoredKeyState shadowed =
        new StoredKeyState(
            DIGESTED.model(),
            DIGESTED.lastTime(),
            DIGESTED.late(),
            DIGESTED.lateTime(),
            DIGESTED.partition(),
            DIGESTED.recent(),
            true,
            DIGESTED.keyState());
    String layout8 = "08" + LAYOUT_7.substring(2);
    assertThat(HexFormat.of().formatHex(write(shadowed))).isEqualTo(layout8);
    assertSame(read(HexFormat.of().parseHex(layout8)), shadowed);
    assertThat(read(HexFormat.of().parseHex(LAYOUT_7)).shadowed()).isFalse();
    assertThat(serializer.copy(shadowed).shadowed()).isTrue();
  }

  @Test
  void a_value_of_many_digits_comes_out_as_it_went_in() throws IOException {
    KeyMemory memory = new KeyMemory(new double[0], new double[] {1_090_000_003.5, 1e-300});
    KeyState state = new KeyState(new float[0], memory, CalibrationState.none());

    assertThat(
            read(write(new StoredKeyState(ExactModel.undigested(1), 2, state)))
                .keyState()
                .memory()
                .values())
        .containsExactly(1_090_000_003.5, 1e-300);
  }

  private static StoredKeyState placed(StoredKeyState state) {
    return new StoredKeyState(
        state.model(),
        state.lastTime(),
        state.late(),
        state.lateTime(),
        9,
        state.recent(),
        state.keyState());
  }

  @Test
  void refuses_a_layout_of_the_future() {
    byte[] bytes = HexFormat.of().parseHex(LAYOUT_2);
    bytes[0] = 9;
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("layout 9 (must be 1 to 8");
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
    assertThat(out.getCopyOfBuffer()).isEqualTo(write(STATE));
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
    assertThat(found.model()).isEqualTo(expected.model());
    assertThat(found.lastTime()).isEqualTo(expected.lastTime());
    assertThat(found.late()).isEqualTo(expected.late());
    assertThat(found.lateTime()).isEqualTo(expected.lateTime());
    assertThat(found.recent()).isEqualTo(expected.recent());
    assertThat(found.partition()).isEqualTo(expected.partition());
    assertThat(found.shadowed()).isEqualTo(expected.shadowed());
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
    double[] m = new double[remembered];
    for (int i = 0; i < hidden; i++) {
      h[i] = random.nextFloat();
    }
    for (int i = 0; i < statistics; i++) {
      s[i] = random.nextGaussian();
    }
    for (int i = 0; i < remembered; i++) {
      m[i] = random.nextInt(5) == 0 ? Double.NaN : random.nextDouble();
    }
    double[] clocks = new double[calibration];
    double[] values = new double[2 * calibration];
    for (int i = 0; i < calibration; i++) {
      clocks[i] = random.nextLong();
      values[i] = random.nextDouble();
    }
    int late = random.nextInt(3);
    return new StoredKeyState(
        new ExactModel(version, random.nextLong(), random.nextLong(), 0, random.nextLong()),
        time,
        late,
        late == 0 ? 0 : random.nextLong(),
        random.nextInt(4) - 1,
        new RecentMark(random.nextInt(3), random.nextInt(100), 5, random.nextInt()),
        new KeyState(h, new KeyMemory(s, m), new CalibrationState(clocks, values)));
  }
}

package dev.eddy.connectors.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;

class EventTypesTest {
  @Property
  void a_decoded_record_survives_its_serializer(@ForAll("decoded") Decoded event)
      throws IOException {
    assertThat(Events.exactly(roundTrip(EventTypes.DECODED, event)))
        .isEqualTo(Events.exactly(event));
  }

  @Property
  void an_observation_or_future_update_survives_its_serializer(@ForAll("keyed") KeyedEvent event)
      throws IOException {
    assertThat(Events.exactly(roundTrip(EventTypes.KEYED_EVENT, event)))
        .isEqualTo(Events.exactly(event));
  }

  @Property
  void a_prediction_survives_its_serializer(@ForAll("predictions") Prediction event)
      throws IOException {
    assertThat(Events.exactly(roundTrip(EventTypes.PREDICTION, event)))
        .isEqualTo(Events.exactly(event));
  }

  @Example
  void an_announcement_survives_its_serializer() throws IOException {
    Announcement event = new Announcement("id", "w@7", Long.MIN_VALUE, "carry", "ab", "s3://x");
    assertThat(roundTrip(EventTypes.ANNOUNCEMENT, event)).isEqualTo(event);
    assertThat(roundTrip(EventTypes.ANNOUNCEMENT, event.asShadow())).isEqualTo(event.asShadow());
    Announcement retraction = Announcement.retraction("id", "w@7", "ab");
    assertThat(roundTrip(EventTypes.ANNOUNCEMENT, retraction)).isEqualTo(retraction);
  }

  @Example
  void bytes_of_the_first_layout_are_still_read() throws IOException {
    String written =
        "0261"
            + "0000000000000005"
            + "0001"
            + "3fc00000"
            + "0001"
            + "0262"
            + "00"
            + "00000003"
            + "000000000000002a";
    // key "a", time 5, one number 1.5, one category, no label, partition 3, offset 42
    byte[] bytes = HexFormat.of().parseHex(written);
    TypeSerializerSnapshot<Observation> snapshot = new ObservationSerializer.Snapshot();
    snapshot.readSnapshot(1, new DataInputDeserializer(new byte[0]), null);
    assertThat(
            new ObservationSerializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(snapshot)
                .isCompatibleAfterMigration())
        .isTrue();
    Observation found = snapshot.restoreSerializer().deserialize(new DataInputDeserializer(bytes));
    assertThat(found)
        .usingRecursiveComparison()
        .isEqualTo(new Observation("a", 5, new double[] {1.5}, new String[] {"b"}, null, 3, 42));
  }

  /** As an unaligned checkpoint holds them that was taken before events named their layout. */
  @Example
  void bytes_without_a_mark_are_still_read() throws IOException {
    Observation observation =
        new Observation("a", 5, new double[] {1.5}, new String[] {"b"}, null, 3, 42);
    FutureUpdate update =
        new FutureUpdate(
            "a", 5, new FutureValues(new long[] {7}, new int[] {0}, new double[] {2}), 3, 43);
    DeadLetter letter = new DeadLetter("malformed", "value: x", "t", 3, 44, null, new byte[] {'x'});
    String observed =
        "000261000000000000000500013fc00000000102620000000003000000000000002a00000000";
    String told =
        "0261000000000000000500000001000000000000000700004000000000000003000000000000002b";
    String dead =
        "0a6d616c666f726d65640976616c75653a2078027400000003000000000000002cffffffff0000000178";
    assertThat(Events.exactly(read(EventTypes.KEYED_EVENT, observed)))
        .isEqualTo(Events.exactly(observation));
    assertThat(Events.exactly(read(EventTypes.KEYED_EVENT, "01" + told)))
        .isEqualTo(Events.exactly(update));
    assertThat(Events.exactly(read(EventTypes.DECODED, observed)))
        .isEqualTo(Events.exactly(observation));
    assertThat(Events.exactly(read(EventTypes.DECODED, "02" + told)))
        .isEqualTo(Events.exactly(update));
    assertThat(Events.exactly(read(EventTypes.DECODED, "01" + dead)))
        .isEqualTo(Events.exactly(letter));
    assertThat(Events.exactly(read(EventTypes.DEAD_LETTER, dead)))
        .isEqualTo(Events.exactly(letter));
    assertThat(
            Events.exactly(
                read(
                    EventTypes.PREDICTION,
                    "0261000000000000000500000003000000000000002a01046d40310002027802793e8000003f400000")))
        .isEqualTo(
            Events.exactly(
                new Prediction(
                    "a",
                    5,
                    3,
                    42,
                    new PredictionShape.Classes("m@1", List.of("x", "y")),
                    new double[] {0.25, 0.75})));
    assertThat(
            read(
                EventTypes.ANNOUNCEMENT,
                "0369640477403700000000000000090663617272790361620773333a2f2f78"))
        .isEqualTo(new Announcement("id", "w@7", 9, "carry", "ab", "s3://x"));
    assertThat(
            read(
                EventTypes.ANNOUNCEMENT,
                "00020369640477403700000000000000090663617272790361620773333a2f2f78"))
        .isEqualTo(new Announcement("id", "w@7", 9, "carry", "ab", "s3://x"));
    assertThat(
            read(
                EventTypes.ANNOUNCEMENT,
                "00030369640477403700000000000000090663617272790361620773333a2f2f7800"))
        .isEqualTo(new Announcement("id", "w@7", 9, "carry", "ab", "s3://x"));
  }

  /** As an unaligned checkpoint holds them that was taken while values were floats. */
  @Example
  void marked_bytes_whose_values_are_floats_are_still_read() throws IOException {
    String observed =
        "43000261000000000000000500013fc00000000102620000000003000000000000002a"
            + "00000001000000000000000700004000000000000000000000ff";
    String told =
        "43010261000000000000000500000001000000000000000700004000000000000003000000000000002b";
    FutureValues future = new FutureValues(new long[] {7}, new int[] {0}, new double[] {2});
    Observation observation =
        new Observation("a", 5, new double[] {1.5}, new String[] {"b"}, null, future, 3, 42, 255);
    assertThat(Events.exactly(read(EventTypes.KEYED_EVENT, observed)))
        .isEqualTo(Events.exactly(observation));
    assertThat(Events.exactly(read(EventTypes.DECODED, observed)))
        .isEqualTo(Events.exactly(observation));
    assertThat(Events.exactly(read(EventTypes.KEYED_EVENT, told)))
        .isEqualTo(Events.exactly(new FutureUpdate("a", 5, future, 3, 43)));
    String predicted =
        "00020261000000000000000500000003000000000000002a01046d40310002027802793e8000003f400000";
    assertThat(read(EventTypes.PREDICTION, predicted).values()).containsExactly(0.25, 0.75);
  }

  @Example
  void the_layout_of_a_newer_eddy_is_refused_in_one_line() {
    for (TypeInformation<?> type :
        new TypeInformation<?>[] {EventTypes.DECODED, EventTypes.KEYED_EVENT}) {
      assertThatThrownBy(() -> read(type, "450002"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("event on its way: layout 5 (this build reads 1 to 4;");
    }
    assertThatThrownBy(() -> read(EventTypes.DEAD_LETTER, "000902"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("event on its way: layout 9 (this build reads 1 to 2;");
    assertThatThrownBy(() -> read(EventTypes.PREDICTION, "000902"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("event on its way: layout 9 (this build reads 1 to 3;");
    assertThatThrownBy(() -> read(EventTypes.ANNOUNCEMENT, "000902"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("event on its way: layout 9 (this build reads 1 to 4;");
  }

  private static <T> T read(TypeInformation<T> type, String hex) throws IOException {
    DataInputDeserializer source = new DataInputDeserializer(HexFormat.of().parseHex(hex));
    T found = serializer(type).deserialize(source);
    assertThat(source.available()).isZero();
    return found;
  }

  @Example
  void snapshots_restore_their_serializer_and_refuse_unknown_layouts() throws Exception {
    for (TypeInformation<?> type :
        new TypeInformation<?>[] {
          EventTypes.DECODED,
          EventTypes.KEYED_EVENT,
          EventTypes.DEAD_LETTER,
          EventTypes.PREDICTION,
          EventTypes.ANNOUNCEMENT
        }) {
      checkSnapshot(serializer(type));
      assertThat(InstantiationUtil.<TypeInformation<?>>clone(type)).isEqualTo(type);
    }
    checkSnapshot(new ObservationSerializer());
    checkSnapshot(new FutureUpdateSerializer());
  }

  private static <T> void checkSnapshot(TypeSerializer<T> serializer) throws IOException {
    DataOutputSerializer target = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(target, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<T> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(target.getCopyOfBuffer()),
            EventTypesTest.class.getClassLoader());
    assertThat(restored.restoreSerializer()).isEqualTo(serializer);
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
    assertThatThrownBy(
            () -> restored.readSnapshot(99, new DataInputDeserializer(new byte[0]), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("layout 99");
  }

  @Provide
  Arbitrary<Decoded> decoded() {
    return Arbitraries.oneOf(
        Events.observations().map(event -> (Decoded) event),
        Events.futureUpdates().map(event -> (Decoded) event),
        Events.deadLetters().map((DeadLetter event) -> (Decoded) event));
  }

  @Provide
  Arbitrary<KeyedEvent> keyed() {
    return Arbitraries.oneOf(
        Events.observations().map(event -> (KeyedEvent) event),
        Events.futureUpdates().map(event -> (KeyedEvent) event));
  }

  @Provide
  Arbitrary<Prediction> predictions() {
    return Events.predictions();
  }

  private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
    return type.createSerializer(new SerializerConfigImpl());
  }

  private static <T> T roundTrip(TypeInformation<T> type, T event) throws IOException {
    TypeSerializer<T> serializer = serializer(type);
    DataOutputSerializer target = new DataOutputSerializer(64);
    serializer.serialize(event, target);
    DataOutputSerializer copied = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(target.getCopyOfBuffer()), copied);
    DataInputDeserializer source = new DataInputDeserializer(copied.getCopyOfBuffer());
    T found = serializer.deserialize(source);
    assertThat(source.available()).isZero();
    return found;
  }
}

package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.pipeline.waiting.StoredNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits to be put in order is restored: at another parallelism, with other features. */
class OrderStateTest {
  private static final int MAX_PARALLELISM = 16;
  private static final Path OLDER =
      Path.of("src/test/resources/dev/eddy/pipeline/waiting/eddy-0.1.0");

  private static ObservationSchema schema(String... numeric) {
    FutureFields future = new FutureFields(List.of("price"), 3, 10);
    return new ObservationSchema(List.of(numeric), List.of(), null, future);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, KeyedEvent, KeyedEvent> harness(
      ObservationSchema schema, String backend, int parallelism, int subtask) throws Exception {
    OrderWithin order = new OrderWithin(Duration.ofSeconds(30), schema, "observed");
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, KeyedEvent, KeyedEvent>(
            new OrderOperator(order),
            KeyedEvent::key,
            Types.STRING,
            MAX_PARALLELISM,
            parallelism,
            subtask);
    harness.setStateBackend(backend(backend));
    harness.setup(
        EventTypes.KEYED_EVENT.createSerializer(
            harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }

  private static StateBackend backend(String name) {
    EmbeddedRocksDBStateBackend rocks = new EmbeddedRocksDBStateBackend();
    rocks.getMemoryConfiguration().setFixedMemoryPerSlot(MemorySize.ofMebiBytes(32));
    return name.equals("hashmap") ? new HashMapStateBackend() : rocks;
  }

  private static Observation observation(String key, long second, double... numeric) {
    return new Observation(key, second * 1000, numeric, new String[0], null, 0, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void it_is_all_there_and_in_order_at_another_parallelism(String backend) throws Exception {
    ObservationSchema schema = schema("load", "price");
    OperatorSubtaskState one;
    try (var harness = harness(schema, backend, 1, 0)) {
      harness.open();
      for (long second : new long[] {12, 3, 7, 1, 9, 25}) {
        for (int key = 0; key < 40; key++) {
          harness.processElement(observation("k" + key, second, key, second), second * 1000);
        }
      }
      one = harness.snapshot(1, 1);
      assertThat(harness.extractOutputValues()).isEmpty();
    }
    OperatorSubtaskState again = rescaled(rescaled(one, backend, 1, 2), backend, 2, 1);
    try (var harness = harness(schema, backend, 1, 0)) {
      harness.initializeState(again);
      harness.open();
      harness.processElement(observation("k7", 2, 7, 2), 2000);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(harness.extractOutputValues()).hasSize(241);
      for (int key = 0; key < 40; key++) {
        String name = "k" + key;
        List<Long> times =
            harness.extractOutputValues().stream()
                .filter(each -> each.key().equals(name))
                .map(each -> each.time() / 1000)
                .toList();
        assertThat(times)
            .isEqualTo(
                LongStream.of(1, 2, 3, 7, 9, 12, 25)
                    .filter(t -> t != 2 || name.equals("k7"))
                    .boxed()
                    .toList());
      }
    }
  }

  private static OperatorSubtaskState rescaled(
      OperatorSubtaskState state, String backend, int before, int after) throws Exception {
    List<OperatorSubtaskState> parts = new ArrayList<>();
    for (int subtask = 0; subtask < after; subtask++) {
      try (var harness = harness(schema("load", "price"), backend, after, subtask)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, before, after, subtask));
        harness.open();
        parts.add(harness.snapshot(2, 2));
      }
    }
    return AbstractStreamOperatorTestHarness.repackageState(
        parts.toArray(OperatorSubtaskState[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void values_go_by_their_names(String backend) throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(schema("load", "price", "wind"), backend, 1, 0)) {
      harness.open();
      harness.processElement(observation("a", 101, 1, 2, 3), 101_000);
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(schema("wind", "temp", "price"), backend, 1, 0)) {
      harness.initializeState(state);
      harness.open();
      harness.processElement(observation("a", 100, 7, 8, 9), 100_000);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(values(harness)).containsExactly("[7.0, 8.0, 9.0]", "[3.0, NaN, 2.0]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void what_an_older_eddy_stored_is_put_in_order(String backend) throws Exception {
    try (var harness = harness(schema("load", "price", "holiday"), backend, 1, 0)) {
      harness.initializeState(older(backend));
      harness.open();
      harness.processElement(observation("a", 80, 0, 0, 0), 80_000);
      harness.processElement(observation("a", 59, 0, 0, 0), 59_000); // 60 has gone on
      assertThat(times(harness)).containsExactly("a59");
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(times(harness)).contains("b103", "b104").hasSize(6);
      assertThat(times(harness).stream().filter(each -> each.startsWith("a")))
          .containsExactly("a59", "a80", "a101", "a102");
      assertThat(values(harness)).contains("[4.0, 5.0, 6.0]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void what_an_older_eddy_stored_of_other_features_is_a_dead_letter(String backend)
      throws Exception {
    try (var harness = harness(schema("load", "price"), backend, 1, 0)) {
      harness.initializeState(older(backend));
      harness.open();
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(times(harness)).containsExactly("b104"); // the future update
      assertThat(harness.getSideOutput(StoredNames.LOST))
          .hasSize(3)
          .allMatch(each -> each.getValue().reason().equals(Reasons.CHANGED_FEATURES));
    }
  }

  private static OperatorSubtaskState older(String backend) throws Exception {
    return OperatorSnapshotUtil.readStateHandle(OLDER.resolve("order-" + backend).toString());
  }

  private static List<String> times(
      KeyedOneInputStreamOperatorTestHarness<String, KeyedEvent, KeyedEvent> harness) {
    return harness.extractOutputValues().stream()
        .map(each -> each.key() + each.time() / 1000)
        .toList();
  }

  private static List<String> values(
      KeyedOneInputStreamOperatorTestHarness<String, KeyedEvent, KeyedEvent> harness) {
    return harness.extractOutputValues().stream()
        .filter(Observation.class::isInstance)
        .map(each -> Arrays.toString(((Observation) each).numeric()))
        .toList();
  }
}

package dev.eddy.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.spec.FeatureSchema;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryEventsTest {
  private static final FeatureSchema SCHEMA =
      new FeatureSchema(List.of("load", "wind"), List.of("site"));

  @TempDir Path folder;

  @Test
  void what_a_history_has_kept_comes_back_as_it_arrived() throws Exception {
    List<KeyedEvent> events =
        List.of(
            observation(1, FutureValues.NONE),
            new FutureUpdate("k", 5, future(2, 7), 0, 1),
            new FutureUpdate("k", 4, future(1, 8), 0, 1),
            observation(3, future(4, Double.NaN)),
            new FutureUpdate("k", 2, future(1, 9), 0, 2), // late, and still to be refused
            observation(6, FutureValues.NONE));
    Path file = folder.resolve("history");
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA, HistoryOrder.ARRIVAL)) {
      writer.startKey("k");
      for (KeyedEvent event : events) {
        if (event instanceof Observation observation) {
          writer.append(
              HistoryEvents.raw(observation), observation.label(), observation.recordTime());
        } else {
          writer.append(HistoryEvents.raw((FutureUpdate) event));
        }
      }
    }
    try (History history = History.open(List.of(file), SCHEMA)) {
      assertThat(HistoryEvents.of(history.read("k")).map(HistoryEventsTest::text))
          .isEqualTo(events.stream().map(HistoryEventsTest::text).toList());
    }
  }

  private static String text(KeyedEvent event) {
    String future =
        List.of(event.future().when(), event.future().features(), event.future().values()).stream()
            .map(HistoryEventsTest::array)
            .toList()
            .toString();
    String fields =
        event instanceof Observation observation
            ? array(observation.numeric())
                + observation.categories()[0]
                + observation.label()
                + observation.recordTime()
            : "outlook";
    return event.key() + ' ' + event.time() + ' ' + fields + ' ' + future;
  }

  private static String array(Object array) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Array.getLength(array); i++) {
      text.append(Array.get(array, i)).append(' ');
    }
    return text.toString();
  }

  private static Observation observation(long time, FutureValues future) {
    return new Observation(
        "k", time, new double[] {time, 2}, new String[] {"s"}, "l" + time, future, 0, 0, time + 7);
  }

  private static FutureValues future(long when, double value) {
    return new FutureValues(new long[] {when}, new int[] {1}, new double[] {value});
  }
}

package dev.eddy.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventOrderTest {
  private final List<KeyedEvent> taken = new ArrayList<>();

  @Test
  void events_within_the_time_are_put_in_order_and_later_ones_are_not() throws IOException {
    assertThat(order(30, 100, 90, 95, 131, 99, 102, 160))
        .containsExactly(90L, 95L, 100L, 99L, 102L, 131L, 160L);
  }

  @Test
  void without_it_events_stay_as_they_came() throws IOException {
    assertThat(order(0, 100, 90, 95)).containsExactly(100L, 90L, 95L);
  }

  @Test
  void keys_have_nothing_in_common() throws IOException {
    EventOrder order = new EventOrder(30, taken::add);
    order.add(event(100));
    order.end();
    order.add(event(50));
    order.add(event(40));
    order.end();
    assertThat(taken).extracting(KeyedEvent::time).containsExactly(100L, 40L, 50L);
  }

  private List<Long> order(long within, long... times) throws IOException {
    EventOrder order = new EventOrder(within, taken::add);
    for (long time : times) {
      order.add(event(time));
    }
    order.end();
    return taken.stream().map(KeyedEvent::time).toList();
  }

  private static KeyedEvent event(long time) {
    return new Observation("a", time, new double[] {1}, new String[0], null, 0, time);
  }
}

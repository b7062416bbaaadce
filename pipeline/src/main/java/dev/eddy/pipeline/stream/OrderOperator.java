package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.KeyedEvent;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/** Runs {@link OrderWithin}, on the state of an older Eddy too, which it moves when it opens. */
final class OrderOperator extends KeyedProcessOperator<String, KeyedEvent, KeyedEvent> {
  private static final long serialVersionUID = 1L;

  private final OrderWithin order;

  OrderOperator(OrderWithin order) {
    super(order);
    this.order = order;
  }

  @Override
  public void open() throws Exception {
    super.open();
    List<String> older;
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(OrderWithin.UNNAMED, VoidNamespace.INSTANCE)) {
      older = keys.toList();
    }
    for (String key : older) {
      setCurrentKey(key);
      order.moveUnnamed();
    }
  }
}

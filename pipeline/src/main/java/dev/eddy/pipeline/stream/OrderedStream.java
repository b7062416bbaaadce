package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.pipeline.waiting.StoredNames;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The part of the job that a deployment with {@code input.order-within} has more.
 *
 * @param observations in order
 * @param deadLetters of those that cannot be told any more
 */
record OrderedStream(
    KeyedStream<KeyedEvent, String> observations, DataStream<DeadLetter> deadLetters) {

  /** Puts {@code observations} in order. */
  static OrderedStream of(
      KeyedStream<KeyedEvent, String> observations, PredictJobSettings settings) {
    OrderWithin order =
        new OrderWithin(
            settings.orderWithin(), settings.schema(), settings.topics().observations());
    SingleOutputStreamOperator<KeyedEvent> ordered =
        observations
            .transform("order", EventTypes.KEYED_EVENT, new OrderOperator(order))
            .uid("order");
    return new OrderedStream(
        DataStreamUtils.reinterpretAsKeyedStream(ordered, KeyedEvent::key, Types.STRING),
        ordered.getSideOutput(StoredNames.LOST));
  }
}

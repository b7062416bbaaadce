package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.serde.EventTypes;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Parts dead letters, records that could not be decoded, from events, and counts them. */
final class DeadLetterSplit extends ProcessFunction<Decoded, KeyedEvent> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<DeadLetter> UNDECODABLE =
      new OutputTag<>("undecodable", EventTypes.DEAD_LETTER);

  private transient Map<String, Counter> deadLetters = Map.of(); // by reason

  @Override
  public void open(OpenContext context) {
    deadLetters = new HashMap<>();
  }

  @Override
  public void processElement(Decoded decoded, Context context, Collector<KeyedEvent> out) {
    if (decoded instanceof KeyedEvent event) {
      out.collect(event);
    } else {
      DeadLetter letter = (DeadLetter) decoded;
      counter(letter.reason()).inc();
      context.output(UNDECODABLE, letter);
    }
  }

  /** Under the names that the operator uses for its own dead letters. */
  private Counter counter(String reason) {
    return deadLetters.computeIfAbsent(
        reason,
        word ->
            getRuntimeContext()
                .getMetricGroup()
                .addGroup("eddy")
                .addGroup("reason", word)
                .counter("dead-letters"));
  }
}

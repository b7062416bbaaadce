package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** How event time advances with the records of the topics. */
public final class EventTime {
  private EventTime() {}

  /**
   * Event time of the observations' own times. A dead letter has no event time and moves nothing: a
   * record's Kafka timestamp is the producer's clock, which may be years ahead of a replay.
   *
   * @param outOfOrderness how much later than its successors in the partition an observation may be
   * @param idleness after which a silent partition no longer holds event time back; zero for never
   */
  public static WatermarkStrategy<Decoded> observations(
      Duration outOfOrderness, Duration idleness) {
    WatermarkStrategy<Decoded> strategy =
        WatermarkStrategy.<Decoded>forBoundedOutOfOrderness(outOfOrderness)
            .withTimestampAssigner(
                (decoded, kafkaTimestamp) ->
                    decoded instanceof KeyedEvent event ? event.time() : Long.MIN_VALUE);
    return idleness.isZero() ? strategy : strategy.withIdleness(idleness);
  }

  /** For a side input that never holds event time back, such as the announcements. */
  public static <T> WatermarkStrategy<T> unbound() {
    return WatermarkStrategy.<T>forGenerator(context -> new EndOfTime<>())
        .withTimestampAssigner((event, kafkaTimestamp) -> Long.MIN_VALUE);
  }

  private static final class EndOfTime<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }
}

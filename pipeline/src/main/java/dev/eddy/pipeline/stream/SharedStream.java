package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.kafka.EventTime;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.connectors.shared.SharedSource;
import dev.eddy.pipeline.shared.KafkaSharedLog;
import dev.eddy.pipeline.shared.SharedFeatures;
import dev.eddy.pipeline.shared.SharedJoinFactory;
import dev.eddy.pipeline.waiting.StoredNames;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The part of the job that a deployment with a shared topic has more: the topic's source, and the
 * join before observations are stepped.
 *
 * @param observations with what is shared
 * @param deadLetters of the shared topic
 * @param lost of observations that waited and cannot be told any more
 */
record SharedStream(
    KeyedStream<KeyedEvent, String> observations,
    DataStream<DeadLetter> deadLetters,
    DataStream<DeadLetter> lost) {

  /** Joins the shared topic to {@code observations}. */
  static SharedStream join(
      StreamExecutionEnvironment env,
      KeyedStream<KeyedEvent, String> observations,
      PredictJobSettings settings,
      SharedFeatures features) {
    SingleOutputStreamOperator<KeyedEvent> shared =
        env.fromSource(
                SharedSource.of(
                    settings.kafka(),
                    features.topic(),
                    features.records(),
                    features.maxAhead(),
                    settings.bounded()),
                EventTime.unbound(),
                "shared-values",
                EventTypes.DECODED)
            .setParallelism(1)
            .uid("shared-values")
            .process(new DeadLetterSplit())
            .returns(EventTypes.KEYED_EVENT)
            .setParallelism(1)
            .name("shared-split")
            .uid("shared-split");
    SingleOutputStreamOperator<KeyedEvent> joined =
        observations
            .connect(shared.broadcast())
            .transform(
                "shared",
                EventTypes.KEYED_EVENT,
                new SharedJoinFactory(
                    features,
                    settings.topics().observations(),
                    new KafkaSharedLog(settings.kafka(), features)))
            .uid("shared");
    return new SharedStream(
        DataStreamUtils.reinterpretAsKeyedStream(joined, KeyedEvent::key, Types.STRING),
        shared.getSideOutput(DeadLetterSplit.UNDECODABLE),
        joined.getSideOutput(StoredNames.LOST));
  }
}

package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.kafka.sink.LargestPrediction;
import dev.eddy.connectors.kafka.sink.RecordLimit;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.connectors.serde.avro.PredictionFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Parts predictions that their topic would refuse from all others, as dead letters without a value:
 * a refusal would stop the job, and again at each restart.
 */
final class PredictionFit extends ProcessFunction<Prediction, Prediction> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<DeadLetter> TOO_LARGE =
      new OutputTag<>("too-large", EventTypes.DEAD_LETTER);

  // A character of a key has six bytes in JSON and three in UTF-8 at most.
  private static final long BYTES_A_CHARACTER = 9;

  private final Map<String, String> kafka;
  private final PredictionFormat output;
  private final String from;
  private final String to;
  private transient @Nullable RecordLimit limit;
  private transient @Nullable Counter deadLetters;

  // The shape of the last prediction, and how large one of it can become without its key.
  private transient @Nullable PredictionShape shape;
  private transient long withoutKey;

  PredictionFit(PredictJobSettings settings) {
    kafka = settings.kafka();
    output = settings.output();
    from = settings.topics().observations();
    to = settings.topics().predictions();
  }

  @Override
  public void open(OpenContext context) {
    limit = RecordLimit.of(kafka, to);
    deadLetters =
        getRuntimeContext()
            .getMetricGroup()
            .addGroup("eddy")
            .addGroup("reason", Reasons.PREDICTION_TOO_LARGE)
            .counter("dead-letters");
  }

  @Override
  public void processElement(Prediction prediction, Context context, Collector<Prediction> out) {
    if (prediction.shape() != shape) {
      shape = prediction.shape();
      withoutKey = LargestPrediction.bytes(output, prediction.shape(), 0);
    }
    RecordLimit most = limit;
    long bytes = withoutKey + BYTES_A_CHARACTER * prediction.key().length();
    if (most == null || bytes <= most.room()) {
      out.collect(prediction);
      return;
    }
    if (deadLetters != null) {
      deadLetters.inc();
    }
    context.output(TOO_LARGE, letter(prediction, bytes, most));
  }

  private DeadLetter letter(Prediction prediction, long bytes, RecordLimit most) {
    return new DeadLetter(
        Reasons.PREDICTION_TOO_LARGE,
        "prediction of "
            + prediction.shape().model()
            + ": up to "
            + bytes
            + " bytes (must be at most "
            + most.room()
            + ": "
            + most.setting()
            + ", less overhead)",
        from,
        prediction.partition(),
        prediction.offset(),
        prediction.key().getBytes(StandardCharsets.UTF_8),
        null);
  }
}

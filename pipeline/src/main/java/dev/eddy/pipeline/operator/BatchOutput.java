package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.serde.bytes.KafkaKeys;
import dev.eddy.connectors.serde.json.ObservationJsonWriter;
import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.evaluation.EvaluatedFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends what became of a micro-batch's events, in the order of their arrival: predictions, dead
 * letters, and what an evaluation is told. The original bytes of an event that decoded well but
 * could not be worked on are gone by then, so the value is encoded anew, which the detail says.
 * Confined to one thread.
 */
final class BatchOutput {
  private final Output<StreamRecord<Prediction>> output;
  private final PredictMetrics metrics;
  private final @Nullable EvaluatedFields evaluated;
  private final StreamRecord<Prediction> record = new StreamRecord<>(null);
  private final String topic;
  private final KeyCoding coding;
  private final ObservationJsonWriter writer;

  BatchOutput(
      Output<StreamRecord<Prediction>> output, PredictSettings settings, PredictMetrics metrics) {
    this.output = output;
    this.metrics = metrics;
    evaluated = settings.evaluated();
    topic = settings.observationsTopic();
    coding = settings.schema().layout().keyCoding();
    writer = new ObservationJsonWriter(settings.schema());
  }

  /** Sends what became of a batch that was stepped. */
  void send(ObservationBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      KeyedEvent event = batch.event(i);
      Prediction prediction = batch.prediction(i);
      if (evaluated != null && event instanceof Observation observation && !batch.isOutOfOrder(i)) {
        Answered answered = evaluated.answered(observation, answers(batch, i));
        output.collect(
            MicroBatchPredictOperator.ANSWERED, new StreamRecord<>(answered, event.time()));
      }
      if (prediction != null) {
        output.collect(record.replace(prediction, event.time()));
      } else {
        sendLetter(batch, i, event);
      }
    }
  }

  /** None of whose outputs were not finite: it has happened all the same. */
  private static List<Answer> answers(ObservationBatch batch, int i) {
    List<Answer> answers = new ArrayList<>(2);
    add(answers, batch.prediction(i), false);
    add(answers, batch.shadowPrediction(i), true);
    return answers;
  }

  private static void add(List<Answer> answers, @Nullable Prediction prediction, boolean shadow) {
    if (prediction != null) {
      answers.add(new Answer(prediction, shadow));
    }
  }

  private void sendLetter(ObservationBatch batch, int i, KeyedEvent event) {
    if (batch.isOutOfOrder(i)) {
      send(outOfOrder(event, batch.partitionBefore(i)), event);
    } else if (batch.lacksObservation(i)) {
      send(noObservation(event), event);
    } else if (event instanceof Observation observation) {
      send(notFinite(observation), event);
    }
  }

  private void send(DeadLetter letter, KeyedEvent event) {
    metrics.deadLetter(letter.reason());
    output.collect(
        MicroBatchPredictOperator.DEAD_LETTERS, new StreamRecord<>(letter, event.time()));
  }

  /**
   * Of an event that is older than its key's last observation.
   *
   * @param partition where that came from; below 0 where it is not known
   */
  private DeadLetter outOfOrder(KeyedEvent event, int partition) {
    boolean apart = partition >= 0 && partition != event.partition();
    return letter(
        Reasons.OUT_OF_ORDER,
        "time: "
            + Instant.ofEpochMilli(event.time())
            + " (must not be before the key's last observation"
            + (apart
                ? ", which came from partition "
                    + partition
                    + ", this from "
                    + event.partition()
                    + ": a key must be in one"
                : "")
            + ")",
        event);
  }

  private DeadLetter noObservation(KeyedEvent futureUpdate) {
    return letter(
        Reasons.NO_OBSERVATION,
        "future: of a key without an observation (must come with or after the key's first one, and"
            + " not forget-after its last)",
        futureUpdate);
  }

  private DeadLetter notFinite(Observation observation) {
    return letter(
        Reasons.NOT_FINITE, "prediction: not finite (the key's state is as before)", observation);
  }

  private DeadLetter letter(String reason, String detail, KeyedEvent event) {
    return new DeadLetter(
        reason,
        detail + "; value encoded anew",
        topic,
        event.partition(),
        event.offset(),
        KafkaKeys.encodeAny(coding, event.key()),
        writer.write(event));
  }
}

package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.connectors.serde.json.PredictionJsonReader;
import dev.eddy.pipeline.deployment.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the committed predictions and dead letters of a running job. Thread confined. */
final class PredictionFollower implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final TopicReader predictionTopic;
  private final TopicReader deadLetterTopic;
  private final PredictionJsonReader json = new PredictionJsonReader();
  private final List<Prediction> predictions = new ArrayList<>();
  private final Consumer<Prediction> listener;
  private long deadLetters;
  private long lastWritten;

  /**
   * Follows a deployment's topics from their beginning.
   *
   * @param listener hears of every prediction
   */
  PredictionFollower(Deployment deployment, Consumer<Prediction> listener) {
    this.listener = listener;
    predictionTopic = TopicReader.open(deployment.kafka(), deployment.topics().predictions());
    deadLetterTopic = TopicReader.open(deployment.kafka(), deployment.topics().deadLetters());
  }

  /** Takes in what has been committed since the last call; says whether there was anything. */
  boolean poll() {
    int dead = deadLetterTopic.poll(Duration.ZERO).size();
    deadLetters += dead;
    List<ConsumerRecord<byte[], byte[]>> records = predictionTopic.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Prediction prediction = json.read(record.value());
      predictions.add(prediction);
      lastWritten = Math.max(lastWritten, record.timestamp());
      listener.accept(prediction);
    }
    return dead > 0 || !records.isEmpty();
  }

  /** All so far. */
  List<Prediction> predictions() {
    return predictions;
  }

  long deadLetters() {
    return deadLetters;
  }

  /** Observations that have been answered, one way or the other. */
  long answered() {
    return predictions.size() + deadLetters;
  }

  /** When the job wrote the newest prediction, epoch milliseconds; before it was committed. */
  long lastWritten() {
    return lastWritten;
  }

  @Override
  public void close() {
    predictionTopic.close();
    deadLetterTopic.close();
  }
}

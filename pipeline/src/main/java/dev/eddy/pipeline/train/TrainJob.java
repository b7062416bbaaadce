package dev.eddy.pipeline.train;

import dev.eddy.connectors.kafka.client.BrokerWatch;
import dev.eddy.connectors.kafka.client.Patience;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.training.Trainer;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.FileHistory;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.history.TopicHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Makes a model version out of history: reads it from Kafka with a Flink batch job, or from files,
 * learns from it outside Flink, judges what it has learned, publishes the version and announces it.
 * A version is published before it is announced, so that whoever hears of it finds it.
 */
public final class TrainJob {
  private final Deployment deployment;
  private final Path scratch;
  private final TrainListener listener;

  /**
   * What a run has made.
   *
   * @param history what was read
   * @param result the trained model and how well it does
   * @param version under which it was published
   * @param announced how it was announced; empty if it was not
   */
  public record Outcome(
      RecordedHistory history,
      TrainingResult result,
      PublishedModel version,
      Optional<Announced> announced) {}

  /**
   * A job for one run.
   *
   * @param scratch an empty or missing folder for the history; the caller removes it
   * @param listener hears of each step
   */
  public TrainJob(Deployment deployment, Path scratch, TrainListener listener) {
    this.deployment = deployment;
    this.scratch = scratch;
    this.listener = listener;
  }

  /**
   * Learns from the observations topic, publishes and announces.
   *
   * @param environment of a cluster in this process; used to read the topic alone
   */
  public Outcome run(StreamExecutionEnvironment environment) throws Exception {
    Patience patience = new Patience(listener::brokers);
    RecordedHistory history = patience.until(() -> read(environment));
    TrainingResult result = train(history);
    PublishedModel version = new ModelPublisher(deployment).publish(history, result);
    Announced announced =
        patience.until(() -> new ModelAnnouncer(deployment).announce(version, history));
    return published(new Outcome(history, result, version, Optional.of(announced)));
  }

  /** Begins anew where it was left, so that it may be tried again. */
  private RecordedHistory read(StreamExecutionEnvironment environment) throws Exception {
    FileUtils.deleteDirectory(historyFolder().toFile());
    try (BrokerWatch watch =
        BrokerWatch.start(
            deployment.kafka(), deployment.topics().observations(), listener::brokers)) {
      return TopicHistory.read(environment, deployment, historyFolder(), HistoryOrder.EVENT_TIME);
    } catch (JobExecutionException e) {
      // What a job fails of comes in a shell that hides its type.
      throw ExceptionUtils.findSerializedThrowable(
              e, RetriableException.class, TrainJob.class.getClassLoader())
          .<Exception>map(cause -> cause)
          .orElse(e);
    }
  }

  /** Learns from the deployment's replay files and publishes; needs no Kafka. */
  public Outcome runOnFiles() throws IOException {
    RecordedHistory history =
        FileHistory.read(deployment, historyFolder(), HistoryOrder.EVENT_TIME, listener::reading);
    TrainingResult result = train(history);
    PublishedModel version = new ModelPublisher(deployment).publish(history, result);
    return published(new Outcome(history, result, version, Optional.empty()));
  }

  private Path historyFolder() {
    return scratch.resolve("history");
  }

  private TrainingResult train(RecordedHistory recorded) throws IOException {
    listener.read(recorded);
    Path encoded = Files.createDirectories(scratch.resolve("encoded"));
    try (History history = History.open(recorded.files(), deployment.input().featureSchema())) {
      TrainingResult result =
          Trainer.train(
              deployment.trainingInput(),
              deployment.model(),
              deployment.training(),
              history,
              encoded,
              listener::training);
      listener.trained(result);
      return result;
    }
  }

  private Outcome published(Outcome outcome) {
    listener.published(outcome.version(), outcome.announced());
    return outcome;
  }
}

package dev.eddy.pipeline.train;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.training.Trainer;
import dev.eddy.model.training.TrainingMemory;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.FileHistory;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.history.TopicHistory;
import dev.eddy.pipeline.version.ModelStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Makes a model version out of history: reads it from Kafka with a Flink batch job, or from files,
 * learns from it outside Flink, judges what it has learned, publishes the version and announces it.
 * A version is published before it is announced, so that whoever hears of it finds it.
 */
public final class TrainJob {
  private final Deployment deployment;
  private final Path scratch;
  private final KeptModels kept;
  private final TrainListener listener;

  /**
   * What a run has made.
   *
   * @param history what was read
   * @param result the trained model and how well it does
   * @param version under which it was published
   * @param announced how it was announced; empty if it was not
   * @param unfinished what was not done after training; empty if all was
   */
  public record Outcome(
      RecordedHistory history,
      TrainingResult result,
      PublishedModel version,
      Optional<Announced> announced,
      Optional<Unfinished> unfinished) {}

  /**
   * What could not be done with a trained model, which is not lost.
   *
   * @param why it could not
   * @param kept the model, where the store did not take it; empty where it was published, and is to
   *     be announced
   */
  public record Unfinished(RuntimeException why, Optional<KeptModels.Kept> kept) {}

  /**
   * A job for one run.
   *
   * @param scratch an empty or missing folder for the history; the caller removes it
   * @param kept takes the model if the store does not
   * @param listener hears of each step
   */
  public TrainJob(Deployment deployment, Path scratch, KeptModels kept, TrainListener listener) {
    this.deployment = deployment;
    this.scratch = scratch;
    this.kept = kept;
    this.listener = listener;
  }

  /**
   * Learns from the observations topic, publishes and announces.
   *
   * @param environment of a cluster in this process; used to read the topic alone
   */
  public Outcome run(StreamExecutionEnvironment environment) throws Exception {
    prepare();
    RecordedHistory history =
        TopicHistory.read(environment, deployment, historyFolder(), HistoryOrder.EVENT_TIME);
    Outcome published = publish(history, train(history));
    return published.unfinished().isPresent() ? published : heard(announce(published));
  }

  /** Learns from the deployment's replay files and publishes; needs no Kafka. */
  public Outcome runOnFiles() throws IOException {
    prepare();
    RecordedHistory history =
        FileHistory.read(deployment, historyFolder(), HistoryOrder.EVENT_TIME, listener::reading);
    Outcome published = publish(history, train(history));
    return published.unfinished().isPresent() ? published : heard(published);
  }

  /** Training takes long: what would end it is better known before. */
  private void prepare() {
    TrainingMemory.before(deployment.trainingInput(), deployment.model(), deployment.training())
        .require();
    ModelStores.open(deployment.store()).requireWritable(deployment.modelName());
  }

  /** What took long is not lost, for whatever reason the store does not take it. */
  private Outcome publish(RecordedHistory history, TrainingResult result) {
    ModelPublisher publisher = new ModelPublisher(deployment);
    try {
      ModelStore store = ModelStores.open(deployment.store());
      PublishedModel version = publisher.publish(store, history, result);
      return new Outcome(history, result, version, Optional.empty(), Optional.empty());
    } catch (RuntimeException e) {
      KeptModels.Kept place = keep(e, store -> publisher.publish(store, history, result));
      Unfinished unfinished = new Unfinished(e, Optional.of(place));
      return new Outcome(
          history, result, place.version(), Optional.empty(), Optional.of(unfinished));
    }
  }

  private KeptModels.Kept keep(
      RuntimeException why, Function<ModelStore, PublishedModel> publisher) {
    try {
      return kept.keep(publisher);
    } catch (RuntimeException e) {
      why.addSuppressed(e);
      throw why;
    }
  }

  private Outcome announce(Outcome published) {
    RecordedHistory history = published.history();
    Optional<Announced> announced = Optional.empty();
    Optional<Unfinished> unfinished = Optional.empty();
    try {
      announced =
          Optional.of(
              new ModelAnnouncer(deployment).announce(published.version(), history.newest()));
    } catch (RuntimeException e) {
      unfinished = Optional.of(new Unfinished(e, Optional.empty()));
    }
    return new Outcome(history, published.result(), published.version(), announced, unfinished);
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

  private Outcome heard(Outcome outcome) {
    listener.published(outcome.version(), outcome.announced());
    return outcome;
  }
}

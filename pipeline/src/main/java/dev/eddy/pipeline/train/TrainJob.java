package dev.eddy.pipeline.train;

import dev.eddy.connectors.kafka.client.BrokerWatch;
import dev.eddy.connectors.kafka.client.Patience;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.inference.TrainingMemory;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.store.UpdaterState;
import dev.eddy.model.training.Trainer;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.FileHistory;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.history.TopicHistory;
import dev.eddy.pipeline.judge.Champion;
import dev.eddy.pipeline.judge.Promotion;
import dev.eddy.pipeline.judge.Verdict;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
  private static final Duration TO_ANNOUNCE = Duration.ofMinutes(30);

  private final Deployment deployment;
  private final Path scratch;
  private final KeptModels kept;
  private final TrainListener listener;
  private final TrainWishes wishes;
  private final Duration patience;

  /**
   * What a run has made.
   *
   * @param history what was read
   * @param result the trained model and how well it does
   * @param version under which it was published
   * @param verdict how it stands beside the champion; empty where that was not asked, or not found
   *     out
   * @param announced how it was announced; empty if it was not
   * @param unfinished what was not done after training; empty if all was
   */
  public record Outcome(
      RecordedHistory history,
      TrainingResult result,
      PublishedModel version,
      Optional<Verdict> verdict,
      Optional<Announced> announced,
      Optional<Unfinished> unfinished) {

    /** The same, which is not finished. */
    Outcome unfinished(RuntimeException why) {
      Unfinished rest = new Unfinished(why, Optional.empty());
      return new Outcome(history, result, version, verdict, announced, Optional.of(rest));
    }

    /** The same, which was announced. */
    Outcome announced(Announced how) {
      return new Outcome(history, result, version, verdict, Optional.of(how), unfinished);
    }
  }

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
   * @param wishes what is asked of this run
   */
  public TrainJob(
      Deployment deployment,
      Path scratch,
      KeptModels kept,
      TrainListener listener,
      TrainWishes wishes) {
    this(deployment, scratch, kept, listener, wishes, TO_ANNOUNCE);
  }

  /** With patience of one's own for brokers that are away when a version is to be announced. */
  TrainJob(
      Deployment deployment,
      Path scratch,
      KeptModels kept,
      TrainListener listener,
      TrainWishes wishes,
      Duration patience) {
    this.deployment = deployment;
    this.scratch = scratch;
    this.kept = kept;
    this.listener = listener;
    this.wishes = wishes;
    this.patience = patience;
  }

  /**
   * Learns from the observations topic, publishes and announces.
   *
   * @param environment of a cluster in this process; used to read the topic alone
   */
  public Outcome run(StreamExecutionEnvironment environment) throws Exception {
    prepare();
    if (wishes.shadow() && judge().champion().isEmpty()) {
      throw Require.mistake(
          "--shadow: " + deployment.modelName(), "nothing that serves", "trained without it first");
    }
    RecordedHistory history =
        new Patience(Patience.LONGEST, listener::brokers).until(() -> read(environment));
    Trained trained = train(history, start(judge()::champion));
    VersionJudge.Judged judged = judge().judge(trained.learning());
    Outcome published = publish(trained, judged.verdict());
    if (published.unfinished().isPresent()) {
      return published;
    }
    if (judged.failure().isPresent()
        && !wishes.shadow()
        && wishes.promotion() == Promotion.IF_BETTER) {
      return published.unfinished(judged.failure().get());
    }
    return heard(announces(judged) ? announce(published) : published);
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
  public Outcome runOnFiles() throws Exception {
    prepare();
    RecordedHistory history =
        FileHistory.read(deployment, historyFolder(), HistoryOrder.EVENT_TIME, listener::reading);
    Optional<Champion> start =
        start(() -> Champion.newest(deployment.store(), deployment.modelName()));
    Outcome published = publish(train(history, start), Optional.empty());
    return published.unfinished().isPresent() ? published : heard(published);
  }

  /** Training takes long: what would end it is better known before. */
  private void prepare() {
    TrainingMemory.atLeast(deployment.trainingInput(), deployment.model(), deployment.training())
        .require();
    ModelStores.open(deployment.store()).requireWritable(deployment.modelName());
  }

  private VersionJudge judge() {
    return new VersionJudge(deployment, scratch.resolve("judged"), listener, patience);
  }

  /** What a network goes on from, where that is asked for. */
  private Optional<Champion> start(Callable<Optional<Champion>> champion) throws Exception {
    if (!wishes.fineTune()) {
      return Optional.empty();
    }
    Optional<Champion> start = champion.call();
    if (start.isEmpty()) {
      throw Require.mistake(
          "--fine-tune: " + deployment.modelName(), "no version that can be read", "trained first");
    }
    return start;
  }

  private boolean announces(VersionJudge.Judged judged) {
    return wishes.shadow()
        || judged
            .verdict()
            .map(verdict -> verdict.announces(wishes.promotion()))
            .orElse(wishes.promotion() == Promotion.ALWAYS);
  }

  /** What took long is not lost, for whatever reason the store does not take it. */
  private Outcome publish(Trained trained, Optional<Verdict> verdict) {
    RecordedHistory history = trained.history();
    TrainingResult result = trained.result();
    ModelPublisher publisher = new ModelPublisher(deployment);
    try {
      ModelStore store = ModelStores.open(deployment.store());
      PublishedModel version = publisher.publish(store, trained.learning(), verdict);
      return new Outcome(history, result, version, verdict, Optional.empty(), Optional.empty());
    } catch (RuntimeException e) {
      KeptModels.Kept place =
          keep(e, store -> publisher.publish(store, trained.learning(), verdict));
      Unfinished unfinished = new Unfinished(e, Optional.of(place));
      return new Outcome(
          history, result, place.version(), verdict, Optional.empty(), Optional.of(unfinished));
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

  /**
   * Waits for brokers that are away, but not for ever: what is published can be announced later.
   */
  private Outcome announce(Outcome published) throws Exception {
    ModelAnnouncer announcer = new ModelAnnouncer(deployment);
    long newest = published.history().newest();
    try {
      return published.announced(
          new Patience(patience, listener::brokers)
              .until(() -> announce(announcer, published.version(), newest)));
    } catch (RuntimeException e) {
      return published.unfinished(e);
    }
  }

  private Announced announce(ModelAnnouncer announcer, PublishedModel version, long newest) {
    return wishes.shadow()
        ? announcer.announceShadow(version, announcer.next(newest), deployment.serving().swap())
        : announcer.announce(version, newest);
  }

  private Path historyFolder() {
    return scratch.resolve("history");
  }

  /** What was learned, and from what. */
  private record Trained(RecordedHistory history, TrainingResult result, TrainedOn on) {
    ModelPublisher.Learning learning() {
      return new ModelPublisher.Learning(history, result, on);
    }
  }

  private Trained train(RecordedHistory recorded, Optional<Champion> start) throws IOException {
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
              listener::training,
              start.map(TrainJob::start));
      listener.trained(result);
      TrainedOn own = TrainedOn.of(deployment, recorded, history);
      return new Trained(recorded, result, start.map(own::after).orElse(own));
    }
  }

  private static Trainer.Start start(Champion champion) {
    Optional<byte[]> updater = champion.store().beside(champion.file(), UpdaterState.FILE);
    return new Trainer.Start(champion.model(), updater);
  }

  private Outcome heard(Outcome outcome) {
    listener.published(outcome.version(), outcome.announced(), outcome.verdict());
    return outcome;
  }
}

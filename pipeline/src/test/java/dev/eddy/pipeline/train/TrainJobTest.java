package dev.eddy.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.file.Replay;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelFile;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentFile;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.judge.TrainingData;
import dev.eddy.pipeline.judge.Verdict;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainJobTest {
  private static final Path WEATHER =
      Path.of(System.getProperty("eddy.root"), "examples", "weather.yaml");

  @TempDir Path folder;

  @Test
  void learns_from_files_without_a_console_or_a_broker() throws Exception {
    Deployment deployment = weather("localhost:1");
    Steps steps = new Steps();
    TrainJob.Outcome outcome =
        new TrainJob(deployment, folder.resolve("scratch"), kept(), steps, TrainWishes.DEFAULT)
            .runOnFiles();

    assertThat(steps.heard).containsExactly("read", "trained", "published");
    assertThat(outcome.result().evaluation().forecasts()).isNotEmpty();
    assertThat(outcome.announced()).isEmpty();
    ModelFile published = ModelStores.open(deployment.store()).describe(outcome.version().id());
    assertThat(published.provenance().code()).isEqualTo(EddyVersion.text()).startsWith("eddy 0");
    assertThat(published.provenance().data()).startsWith("file weather.csv: 2922 observations");
  }

  @Test
  void announces_what_it_has_learned_from_a_topic() throws Exception {
    Configuration settings = new Configuration();
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedFlink flink = EmbeddedFlink.start(settings)) {
      Deployment deployment = weather(kafka.bootstrapServers());
      DeploymentTopics.create(deployment);
      send(deployment);
      TrainJob job =
          new TrainJob(
              deployment,
              folder.resolve("scratch"),
              kept(),
              TrainListener.NONE,
              TrainWishes.DEFAULT);
      TrainJob.Outcome outcome = job.run(flink.environment(settings));

      assertThat(outcome.announced()).map(Announced::first).contains(true);
      assertThat(new ModelAnnouncer(deployment).announced())
          .extracting(Announcement::model)
          .containsExactly(outcome.version().id().toString());
    }
  }

  @Test
  void does_not_begin_where_the_store_takes_nothing() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Deployment deployment = weather("localhost:1", file.resolve("models"));
    Steps steps = new Steps();
    TrainJob job =
        new TrainJob(deployment, folder.resolve("scratch"), kept(), steps, TrainWishes.DEFAULT);

    assertThatThrownBy(job::runOnFiles)
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "store: %s/models/weather (must be a folder to write to: a file is in the place of a"
                + " folder)",
            file);
    assertThat(steps.heard).isEmpty();
  }

  @Test
  void keeps_a_model_that_the_store_does_not_take() throws Exception {
    Deployment deployment = weather("localhost:1");
    Path models = folder.resolve("models");
    TrainListener breakStore =
        new TrainListener() {
          @Override
          public void trained(TrainingResult result) {
            try {
              Files.writeString(models, "a file in its place");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    TrainJob.Outcome outcome =
        new TrainJob(deployment, folder.resolve("scratch"), kept(), breakStore, TrainWishes.DEFAULT)
            .runOnFiles();

    assertThat(outcome.unfinished().orElseThrow().why()).hasMessageContaining("cannot be written");
    KeptModels.Kept found = kept().find(outcome.version().id()).orElseThrow();
    assertThat(found.folder()).isEqualTo(folder.resolve("kept/weather/1"));
    assertThat(found.store().load(found.version().id(), found.version().digest()).spec())
        .isEqualTo(outcome.result().spec());
    KeptModels.remove(found);
    assertThat(kept().find(outcome.version().id())).isEmpty();
  }

  @Test
  void keeps_in_the_next_place_where_the_first_cannot_be_written() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    KeptModels two = new KeptModels(List.of(file.resolve("kept"), folder.resolve("next")));

    KeptModels.Kept kept = two.keep(TrainJobTest::publish);

    assertThat(kept.version().id()).isEqualTo(new ModelId("test", 1));
    assertThat(kept.folder()).isEqualTo(folder.resolve("next/test/1")).exists();
    assertThat(two.list("test")).containsExactly(kept.version().id());
  }

  @Test
  void what_is_kept_outlasts_the_temporary_files_of_its_process() throws IOException {
    Path own = Files.createDirectories(folder.resolve("user/run-1"));
    Files.writeString(folder.resolve(".eddy"), "no folder");
    System.setProperty("eddy.tmp", own.toString());
    try {
      KeptModels kept = KeptModels.of(folder.resolve("weather.yaml"));

      Path place = kept.keep(TrainJobTest::publish).folder();

      assertThat(place).isEqualTo(folder.resolve("user/kept/test/1")).exists();
    } finally {
      System.clearProperty("eddy.tmp");
    }
  }

  @Test
  void a_version_that_no_broker_announces_is_published_all_the_same() throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start();
    TrainListener endBroker =
        new TrainListener() {
          @Override
          public void trained(TrainingResult result) {
            kafka.close();
          }
        };
    try (EmbeddedFlink flink = EmbeddedFlink.start(new Configuration())) {
      Deployment deployment = weather(kafka.bootstrapServers());
      DeploymentTopics.create(deployment);
      send(deployment);
      TrainJob job =
          new TrainJob(
              deployment,
              folder.resolve("scratch"),
              kept(),
              endBroker,
              TrainWishes.DEFAULT,
              Duration.ZERO);

      TrainJob.Outcome outcome = job.run(flink.environment(new Configuration()));

      assertThat(outcome.announced()).isEmpty();
      assertThat(outcome.unfinished().orElseThrow().why())
          .hasMessageContaining("no broker takes connections");
      assertThat(outcome.unfinished().orElseThrow().kept()).isEmpty();
      ModelFile version = ModelStores.open(deployment.store()).describe(outcome.version().id());
      assertThat(TrainingData.newest(version.provenance()))
          .as("what announcing it later needs")
          .hasValue(outcome.history().newest());
    }
  }

  @Test
  void a_broker_that_goes_away_while_it_learns_is_waited_for_with_a_word() throws Exception {
    Configuration settings = new Configuration();
    Path records = folder.resolve("kafka");
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings)) {
      EmbeddedKafka first = EmbeddedKafka.start(records);
      Deployment deployment = weather(first.bootstrapServers());
      DeploymentTopics.create(deployment);
      send(deployment);
      Outage outage = new Outage(first, records);
      TrainJob.Outcome outcome =
          new TrainJob(deployment, folder.resolve("scratch"), kept(), outage, TrainWishes.DEFAULT)
              .run(flink.environment(settings));

      assertThat(outage.heard).hasSize(2);
      assertThat(outage.heard.get(0)).startsWith("waiting for the brokers: ");
      assertThat(outage.heard.get(1)).isEqualTo("the brokers are back, it goes on");
      assertThat(new ModelAnnouncer(deployment).announced())
          .extracting(Announcement::model)
          .containsExactly(outcome.version().id().toString());
      outage.close();
    }
  }

  private static PublishedModel publish(ModelStore store) {
    return new TestModels(Path.of("nowhere"))
        .publish(store, TestModels.spec(CellType.SRU, 2, 8, List.of("load", "wind")), 1);
  }

  private KeptModels kept() {
    return new KeptModels(List.of(folder.resolve("kept")));
  }

  private Deployment weather(String bootstrapServers) {
    return weather(bootstrapServers, folder.resolve("models"));
  }

  private static Deployment weather(String bootstrapServers, Path store) {
    return DeploymentFile.read(
        WEATHER,
        List.of(
            "kafka.bootstrap.servers=" + bootstrapServers,
            "store=" + store,
            "model.hidden=8",
            "training.updates=20"));
  }

  private static void send(Deployment deployment) {
    try (ObservationPublisher publisher =
        new ObservationPublisher(
            deployment.kafka(),
            deployment.topics().observations(),
            deployment.observationSchema(),
            line -> {})) {
      new Replay(deployment.requireReplay(), publisher::send, progress -> {})
          .run(deployment.observationSchema());
      publisher.flush();
    }
  }

  /** Ends the broker once the history is read, and starts it again once it is missed. */
  private static final class Outage implements TrainListener, AutoCloseable {
    private final Path records;
    private final List<String> heard = new ArrayList<>();
    private EmbeddedKafka kafka;

    Outage(EmbeddedKafka kafka, Path records) {
      this.kafka = kafka;
      this.records = records;
    }

    @Override
    public void read(RecordedHistory history) {
      kafka.close();
    }

    @Override
    public void brokers(String line) {
      heard.add(line);
      if (heard.size() == 1) {
        kafka = EmbeddedKafka.start(records, kafka.port());
      }
    }

    @Override
    public void close() {
      kafka.close();
    }
  }

  /** Hears which steps were taken. */
  private static final class Steps implements TrainListener {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void read(RecordedHistory history) {
      heard.add("read");
    }

    @Override
    public void trained(TrainingResult result) {
      heard.add("trained");
    }

    @Override
    public void published(
        PublishedModel version, Optional<Announced> announced, Optional<Verdict> verdict) {
      heard.add("published");
    }
  }
}

package dev.eddy.pipeline.cli;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.kafka.client.AnnouncementPublisher;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a command finds around it: a broker for all tests of a class, a folder for each of them. */
@SuppressWarnings("NullAway.Init") // JUnit calls beforeAll and beforeEach first
final class Surroundings
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private EmbeddedKafka kafka;
  private Path folder;

  @Override
  public void beforeAll(ExtensionContext context) {
    kafka = EmbeddedKafka.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("eddy-cli");
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    System.clearProperty("eddy.home");
    FileUtils.deleteDirectory(folder.toFile());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    kafka.close();
  }

  Path folder() {
    return folder;
  }

  String broker() {
    return kafka.bootstrapServers();
  }

  /** The store of the deployments. */
  TestModels models() {
    return new TestModels(folder.resolve("models"));
  }

  void announce(String topics, PublishedModel version) {
    announce(topics, models().announce(version));
  }

  void announce(String topics, Announcement announcement) {
    AnnouncementPublisher.publish(kafka.client(), topics + "-models", announcement);
  }

  /** As if the launcher lay in the test's folder, and a jar had been built there. */
  void launch() throws IOException {
    Path jar = folder.resolve("pipeline").resolve("target").resolve("eddy-job.jar");
    Files.createDirectories(jar.getParent());
    new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();
    System.setProperty("eddy.home", folder.toString());
  }

  /** How many there are. */
  int predictions(String topics) {
    return Ended.eddy("tail", "--bootstrap-server", broker(), topics + "-predictions", "--json")
        .json()
        .get("count")
        .asInt();
  }

  /** Writes the file that a deployment replays. */
  void observations(String csv) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), csv);
  }

  /** Writes a deployment whose topics begin with {@code topics}. */
  Path deployment(String topics) throws IOException {
    return Files.writeString(
        folder.resolve("deployment.yaml"),
        """
        name: test
        store: models
        kafka: {bootstrap.servers: "%s"}
        topics:
          observations: %2$s-observations
          predictions: %2$s-predictions
          models: %2$s-models
          dead-letters: %2$s-dead-letters
        input: {features: [load, wind], target: load, interval: 1 min}
        model: {horizons: [1, 3]}
        training: {split: {by: time, validation-from: 2026-01-01, test-from: 2026-01-01}}
        flink: {execution.checkpointing.interval: 300 ms}
        replay:
          files: [rows.csv]
          key: {constant: pump}
          time: {start: 2026-01-01T00:00:00Z, step: 1 min}
        """
            .formatted(broker(), topics));
  }
}

package dev.eddy.cluster;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * A deployment on the cluster: topics and a model of its own, and the file that says so. All have
 * weights of one seed, and are sent the same observations, each as many as it likes.
 */
final class Deployed {
  private static final int KEYS = 12;
  private static final long SEED = 1;

  private final FlinkCluster cluster;
  private final String name;
  private final TestDeployment topics;
  private final Path file;

  private Deployed(FlinkCluster cluster, String name, TestDeployment topics, Path file) {
    this.cluster = cluster;
    this.name = name;
    this.topics = topics;
    this.file = file;
  }

  static Deployed on(FlinkCluster cluster, String name) {
    TestDeployment topics =
        Awaitility.await("topics of " + name)
            .atMost(FlinkCluster.PATIENCE)
            .ignoreExceptions() // a loaded machine may not answer in the time of a client
            .until(() -> TestDeployment.named(cluster.broker().client(), name), each -> true);
    Path store = cluster.shared().resolve("models");
    TestModels models = new TestModels(store, name);
    topics.announce(models.announce(models.publish(SEED)));
    return new Deployed(cluster, name, topics, write(cluster, name, topics, store));
  }

  private static Path write(FlinkCluster cluster, String name, TestDeployment topics, Path store) {
    try {
      // Whoever submits has it in a folder of its own; only the store is shared.
      Path folder = Files.createDirectories(Places.all().resolve("clients").resolve(name));
      return Files.writeString(
          folder.resolve("deployment.yaml"),
          """
          name: %s
          store: %s
          kafka: {bootstrap.servers: "%s"}
          topics: {observations: %s, predictions: %s, models: %s, dead-letters: %s}
          input: {features: [load, wind], target: load}
          training: {split: {by: time, validation-from: 2014-01-01, test-from: 2015-01-01}}
          """
              .formatted(
                  name,
                  store,
                  cluster.broker().client().get("bootstrap.servers"),
                  topics.topics().observations(),
                  topics.topics().predictions(),
                  topics.topics().models(),
                  topics.topics().deadLetters()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  /** The deployment's YAML file. */
  String file() {
    return file.toString();
  }

  TestDeployment topics() {
    return topics;
  }

  /** Sends a stretch of the observations, which go round the keys without end. */
  void send(int from, int to) {
    topics.observe(IntStream.range(from, to).mapToObj(Deployed::observation).toList());
  }

  /** Tells a wind of all keys, on a topic that is made where there is none. */
  void share(String topic, long time, double wind) {
    TopicSettings own = topics.topics();
    try (Topics admin = Topics.connect(cluster.broker().client())) {
      admin.create(topic, 1);
    }
    topics
        .with(new TopicSettings(topic, own.predictions(), own.models(), own.deadLetters(), 1))
        .observeRaw("", "{\"time\":" + time + ",\"wind\":" + wind + "}");
  }

  private static Observation observation(int number) {
    return TestModels.observation("key " + number % KEYS, 10L * (number / KEYS), 0);
  }

  /** Sends observations from the first on, at a steady pace, until it is told to stop. */
  Feeder feed(int perSecond) {
    return new Feeder(this, perSecond);
  }

  /** Waits until a {@code read_committed} consumer can see as many predictions. */
  void awaitCommitted(int count) {
    Awaitility.await(count + " predictions of " + name)
        .atMost(FlinkCluster.PATIENCE)
        .ignoreExceptions()
        .until(() -> topics.committed() >= count);
  }

  /** Waits until the deployment's consumer group has committed as many: some time after that. */
  void awaitOffsets(int count) {
    Awaitility.await("offsets of " + count + " observations of " + name)
        .atMost(FlinkCluster.PATIENCE)
        .ignoreExceptions()
        .until(() -> cluster.broker().offsets(name) >= count);
  }

  /** Follows what the job writes, committed or not. */
  Follower follow(String isolation) {
    return new Follower(cluster.broker().client(), topics.topics().predictions(), isolation);
  }

  /**
   * Holds what is committed against what an uninterrupted run says of as many observations:
   * complete, once each, in order, and equal byte for byte.
   */
  void assertAsUninterrupted(int count) throws Exception {
    List<String> differences = cluster.reference().differences(name, count, topics.predictions());
    if (!differences.isEmpty()) {
      throw new AssertionError(name + ": " + String.join("\n", differences));
    }
    if (!topics.deadLetters().isEmpty()) {
      throw new AssertionError(name + ": " + topics.deadLetters().size() + " dead letters");
    }
  }
}

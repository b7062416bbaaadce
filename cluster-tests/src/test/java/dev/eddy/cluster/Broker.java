package dev.eddy.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.awaitility.Awaitility;

/** Kafka's own server: one KRaft node that keeps its records and its port over its deaths. */
final class Broker implements AutoCloseable {
  private static final int NODE = 1;

  private final Path folder = Places.anew(Places.all().resolve("broker"));
  private final Path settings = folder.resolve("server.properties");
  private final int port = Places.freePort();
  private JavaProcess process;

  Broker() throws Exception {
    Files.writeString(settings, settings(folder.resolve("records"), port, Places.freePort()));
    format(folder.resolve("records"));
    process = launch();
    awaitReady();
  }

  private static String settings(Path records, int port, int controllerPort) {
    return """
        node.id=%d
        process.roles=broker,controller
        listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
        controller.listener.names=CONTROLLER
        controller.quorum.voters=%d@127.0.0.1:%d
        log.dirs=%s
        auto.create.topics.enable=false
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        log.cleaner.dedupe.buffer.size=4194304
        num.network.threads=2
        num.io.threads=4
        # A killed broker is let in again when its session is over.
        broker.session.timeout.ms=3000
        broker.heartbeat.interval.ms=500
        """
        .formatted(NODE, port, controllerPort, NODE, controllerPort, records);
  }

  private static void format(Path records) throws Exception {
    Files.createDirectories(records);
    new Formatter()
        .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false))
        .setNodeId(NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setDirectories(List.of(records.toString()))
        .setMetadataLogDirectory(records.toString())
        .run();
  }

  private JavaProcess launch() {
    return JavaProcess.start(
        folder,
        Places.log("broker"),
        Map.of(),
        List.of("-Xmx512m"),
        System.getProperty("java.class.path"),
        List.of("kafka.Kafka", settings.toString()));
  }

  private void awaitReady() {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(client()))) {
      Awaitility.await()
          .atMost(FlinkCluster.PATIENCE)
          .ignoreExceptions()
          .until(() -> !admin.describeCluster().nodes().get().isEmpty());
    }
  }

  /** Client properties that lead to it. */
  /** The sum of what a consumer group has committed. */
  long offsets(String group) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(client()))) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }

  Map<String, String> client() {
    return Map.of("bootstrap.servers", "127.0.0.1:" + port);
  }

  JavaProcess process() {
    return process;
  }

  /** Starts it again, over its records, after it was killed. */
  void start() throws IOException {
    process = launch();
    awaitReady();
  }

  @Override
  public void close() {
    process.close();
  }
}

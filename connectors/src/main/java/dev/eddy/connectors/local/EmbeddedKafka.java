package dev.eddy.connectors.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker within this JVM: KRaft, one node that is broker and controller, on the
 * loopback. For the demo and for tests.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int NODE = 1;
  private static final int ANY_PORT = 0;
  private static final int ATTEMPTS = 3;

  /** What one broker alone, and a small one, needs. */
  private static final Map<String, String> SMALL =
      Map.of(
          "offsets.topic.replication.factor", "1",
          "offsets.topic.num.partitions", "1",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "transaction.state.log.num.partitions", "4",
          "share.coordinator.state.topic.replication.factor", "1",
          "share.coordinator.state.topic.min.isr", "1",
          "group.initial.rebalance.delay.ms", "0",
          "num.network.threads", "2",
          "num.io.threads", "4");

  private final Path directory;
  private final boolean temporary;
  private final int port;
  private final KafkaRaftServer server;

  private EmbeddedKafka(Path directory, boolean temporary, int port, KafkaRaftServer server) {
    this.directory = directory;
    this.temporary = temporary;
    this.port = port;
    this.server = server;
  }

  /** Starts a broker on a free port; its records are deleted when it is closed. */
  public static EmbeddedKafka start() {
    return start(Map.of());
  }

  /** The same, with broker settings of its own, such as an authorizer's. */
  public static EmbeddedKafka start(Map<String, String> broker) {
    try {
      return start(Files.createTempDirectory("eddy-kafka"), true, ANY_PORT, broker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a broker on a free port over the records of a directory, which are kept. */
  public static EmbeddedKafka start(Path directory) {
    return start(directory, false, ANY_PORT, Map.of());
  }

  /** Starts a broker on a given port over the records of a directory, which are kept. */
  public static EmbeddedKafka start(Path directory, int port) {
    return start(directory, false, port, Map.of());
  }

  private static EmbeddedKafka start(
      Path directory, boolean temporary, int port, Map<String, String> broker) {
    format(directory);
    for (int attempt = 1; ; attempt++) {
      int chosen = port == ANY_PORT ? freePort() : port;
      Properties settings = settings(directory, chosen);
      settings.putAll(broker);
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
      try {
        server.startup();
        return new EmbeddedKafka(directory, temporary, chosen, server);
      } catch (RuntimeException e) {
        server.shutdown();
        // Another process may have taken the free port in between.
        if (port != ANY_PORT || attempt == ATTEMPTS) {
          throw new IllegalStateException(
              "embedded Kafka: cannot start on 127.0.0.1:" + chosen + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private static void format(Path directory) {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(directory);
      new Formatter()
          .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .setDirectories(List.of(directory.toString()))
          .setMetadataLogDirectory(directory.toString())
          .run();
    } catch (Exception e) { // Formatter.run declares it
      throw new IllegalStateException(
          "embedded Kafka: cannot use " + directory + ": " + e.getMessage(), e);
    }
  }

  private static Properties settings(Path directory, int port) {
    int controllerPort = freePort();
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "node.id",
            Integer.toString(NODE),
            "process.roles",
            "broker,controller",
            "listeners",
            "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "controller.listener.names",
            "CONTROLLER",
            "controller.quorum.voters",
            NODE + "@127.0.0.1:" + controllerPort,
            "log.dirs",
            directory.toString(),
            // A mistyped topic must be an error, as on most brokers in use.
            "auto.create.topics.enable",
            "false",
            "log.cleaner.dedupe.buffer.size",
            "4194304"));
    settings.putAll(SMALL);
    return settings;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port of the broker on the loopback. */
  public int port() {
    return port;
  }

  /** The broker's {@code host:port}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Client properties that lead to this broker. */
  public Map<String, String> client() {
    return Map.of("bootstrap.servers", bootstrapServers());
  }

  /** Stops the broker; a temporary directory goes with it. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    if (temporary) {
      delete(directory);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      Deque<Path> deepestFirst = new ArrayDeque<>();
      walk.forEach(deepestFirst::push);
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.eddy.connectors.kafka.client;

import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes Kafka clients of the user's settings. Whether any bootstrap server takes a connection is
 * asked before: the client would repeat warnings for a minute and then say less.
 */
public final class Reachable {
  private static final int CONNECT_MILLIS = 3000;
  private static final long ANSWER_MILLIS = 10_000;

  private Reachable() {}

  /**
   * The settings as Kafka's own clients take them.
   *
   * @throws UserMistake naming every server and its fault, if none takes a connection
   */
  static Properties require(Map<String, String> client) {
    String servers = client.getOrDefault("bootstrap.servers", "");
    List<String> faults = new ArrayList<>();
    for (String server : servers.split(",")) {
      String fault = fault(server.trim());
      if (fault.isEmpty()) {
        Properties properties = new Properties();
        properties.putAll(client);
        return properties;
      }
      faults.add(fault);
    }
    throw new UserMistake(
        "kafka.bootstrap.servers: "
            + servers
            + " (no broker takes connections there: "
            + String.join(", ", faults)
            + ")",
        new DisconnectException("none takes connections")); // may be back: see Patience
  }

  /**
   * Makes a client; its constructor checks the settings.
   *
   * @throws UserMistake saying which setting is wrong
   */
  static <T> T client(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (KafkaException e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw new UserMistake("kafka: " + reason.getMessage(), e);
    }
  }

  /** Asks for what brokers know; an answer comes within seconds, or is a failure. */
  public static Admin admin(Map<String, String> client) {
    Properties properties = answeringSoon(require(client));
    return client(() -> Admin.create(properties));
  }

  /** The settings, for a client whose answers come within seconds or are failures. */
  public static Properties answeringSoon(Properties client) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.putIfAbsent("default.api.timeout.ms", Long.toString(ANSWER_MILLIS));
    properties.putIfAbsent("request.timeout.ms", Long.toString(ANSWER_MILLIS / 2));
    return properties;
  }

  /** Reads committed records of topics that exist, in no consumer group. */
  public static KafkaConsumer<byte[], byte[]> consumer(Map<String, String> client) {
    Properties properties = require(client);
    properties.putIfAbsent("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", "false");
    properties.put("enable.auto.commit", "false");
    properties.putIfAbsent("default.api.timeout.ms", Long.toString(ANSWER_MILLIS));
    properties.remove("group.id");
    var bytes = new ByteArrayDeserializer();
    return client(() -> new KafkaConsumer<>(properties, bytes, bytes));
  }

  /** Waits for what the brokers of these settings answer. */
  static Answers answers(Map<String, String> client) {
    return new Answers(
        client.getOrDefault("bootstrap.servers", ""),
        client.getOrDefault("security.protocol", "PLAINTEXT"));
  }

  private static String fault(String server) {
    int colon = server.lastIndexOf(':');
    int port = colon < 1 ? -1 : port(server.substring(colon + 1));
    if (port < 1) {
      return server + " is not host:port";
    }
    String host = server.substring(0, colon).replaceAll("^.*://|[\\[\\]]", "");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return "";
    } catch (UnknownHostException e) {
      return host + " is an unknown host";
    } catch (IOException e) {
      return server + ": " + e.getMessage();
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port <= 65_535 ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

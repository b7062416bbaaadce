package dev.eddy.connectors.kafka.client;

import dev.eddy.connectors.kafka.Required;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether any bootstrap server takes a connection, asked before a Kafka client is made: the client
 * would repeat warnings for a minute and then say less.
 */
final class Reachable {
  private static final int CONNECT_MILLIS = 3000;

  private Reachable() {}

  /** Throws one line naming every server and its fault if none takes a connection. */
  static void require(Map<String, String> client) {
    String servers = Required.client("kafka", client).getProperty("bootstrap.servers");
    List<String> faults = new ArrayList<>();
    for (String server : servers.split(",")) {
      String fault = fault(server.trim());
      if (fault.isEmpty()) {
        return;
      }
      faults.add(fault);
    }
    throw new UnusableKafkaException(
        "kafka.bootstrap.servers: "
            + servers
            + " (no broker takes connections there: "
            + String.join(", ", faults)
            + ")");
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

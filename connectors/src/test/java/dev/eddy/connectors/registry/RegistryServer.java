package dev.eddy.connectors.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP server that answers as the documentation of Confluent's REST interface says, where a test
 * needs what a real registry does not do when asked to: be away, refuse, count what it is asked. A
 * real one is among the tests on real processes.
 */
public final class RegistryServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> answers = new HashMap<>();
  private final List<String> registered = new ArrayList<>();
  private volatile int away; // how many requests go unanswered yet
  private volatile int awayAtEach; // of them after each answer
  private volatile String authorization = "";

  public RegistryServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      asked.add(exchange.getRequestMethod() + " " + path);
      if (away > 0) {
        away--;
        answer(exchange, 503, "{}");
        return;
      }
      away = awayAtEach;
      if (!authorization.isEmpty()
          && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
      } else if (exchange.getRequestMethod().equals("POST")) {
        post(exchange, path, JSON.readTree(body).path("schema").asText());
      } else if (answers.containsKey(path)) {
        answer(exchange, 200, answers.getOrDefault(path, ""));
      } else if (path.equals("/subjects")) {
        answer(exchange, 200, "[]");
      } else if (path.startsWith("/schemas/ids/")) {
        answer(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
      } else {
        answer(exchange, 404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
      }
    }
  }

  private void post(HttpExchange exchange, String path, String schema) throws IOException {
    int known = registered.indexOf(schema) + 1;
    if (path.startsWith("/compatibility/")) {
      answer(exchange, 200, "{\"is_compatible\":true}");
    } else if (path.endsWith("/versions")) {
      int id = known > 0 ? known : add(schema);
      answer(exchange, 200, "{\"id\":" + id + "}");
    } else if (known > 0) {
      answer(exchange, 200, "{\"id\":" + known + "}");
    } else {
      answer(exchange, 404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Knows a schema; returns its id. */
  public int add(String schema) {
    registered.add(schema);
    answer("/schemas/ids/" + registered.size(), JSON.createObjectNode().put("schema", schema));
    return registered.size();
  }

  /** Answers to a path from now on. */
  void answer(String path, JsonNode body) {
    try {
      answers.put(path, JSON.writeValueAsString(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Is away for so many requests. */
  public void awayFor(int requests) {
    away = requests;
  }

  /** Answers one request, then is away for so many, and so on. */
  void awayAtEach(int requests) {
    awayAtEach = requests;
  }

  /** Answers only those that send this header. */
  public void requires(String header) {
    authorization = header;
  }

  /** What it was asked so far. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  public RegistryAddress address(long patienceMillis) {
    return new RegistryAddress(List.of(url()), "", patienceMillis);
  }

  /** Where it answers. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

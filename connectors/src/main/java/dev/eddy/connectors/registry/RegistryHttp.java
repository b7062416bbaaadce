package dev.eddy.connectors.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry over HTTP, again and again while none of its addresses answers, as long as there
 * is patience. Thread confined.
 */
final class RegistryHttp {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration LEAST = Duration.ofSeconds(1); // for a request, late as it may be
  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 5_000;
  private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryAddress address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(ANSWER)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  RegistryHttp(RegistryAddress address) {
    this.address = address;
  }

  /**
   * What it answered.
   *
   * @param status of HTTP, below 500
   * @param json its body; an empty object where that is no JSON
   * @param ofAll whether every address was there to answer, where all were asked
   */
  record Answer(int status, JsonNode json, boolean ofAll) {
    private Answer withOthersAway() {
      return new Answer(status, json, false);
    }

    boolean isFine() {
      return status / 100 == 2;
    }

    /** The registry's own, finer than that of HTTP; 0 for none. */
    int code() {
      return json.path("error_code").asInt(0);
    }

    /** In the registry's own words. */
    String message() {
      return status + " " + json.path("message").asText("");
    }
  }

  /** When patience with what is asked from now on ends, however many requests that takes. */
  long deadline() {
    return System.nanoTime() + address.patienceMillis() * 1_000_000;
  }

  /** As below, where the first answer is as good as any. */
  Answer ask(String path, @Nullable JsonNode body, long deadline) {
    return ask(path, body, deadline, answer -> false);
  }

  /**
   * Asks.
   *
   * @param path below the address, {@code /schemas/ids/1}
   * @param body what is posted; null to get
   * @param deadline of {@link #deadline}
   * @param lacks whether another address may know better than one that answers so, because it may
   *     follow the others and be behind
   * @return the first answer that lacks nothing, or one that does where all do
   * @throws UserMistake when none answered in time, or it does not let this client in
   */
  Answer ask(String path, @Nullable JsonNode body, long deadline, Predicate<Answer> lacks) {
    for (long pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      try {
        return askEach(path, body, deadline, lacks);
      } catch (IOException e) {
        if (System.nanoTime() + pause * 1_000_000 > deadline) {
          throw away(path, e);
        }
      }
      rest(pause);
    }
  }

  private Answer askEach(
      String path, @Nullable JsonNode body, long deadline, Predicate<Answer> lacks)
      throws IOException {
    Answer lacking = null;
    IOException away = null;
    for (String url : address.urls()) {
      try {
        Answer answer = allowed(url, answer(url + path, body, deadline));
        if (!lacks.test(answer)) {
          return answer;
        }
        lacking = answer;
      } catch (IOException e) {
        away = e;
      }
    }
    if (lacking == null) {
      throw away == null ? new IOException("no address") : away;
    }
    return away == null ? lacking : lacking.withOthersAway();
  }

  private Answer answer(String url, @Nullable JsonNode body, long deadline) throws IOException {
    Duration left = Duration.ofNanos(deadline - System.nanoTime());
    Duration timeout =
        left.compareTo(ANSWER) > 0 ? ANSWER : left.compareTo(LEAST) < 0 ? LEAST : left;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(timeout)
            .header("Accept", JSON_TYPE + ", application/json");
    if (!address.authorization().isEmpty()) {
      request.header("Authorization", address.authorization());
    }
    if (body != null) {
      request.header("Content-Type", JSON_TYPE);
      request.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }
    HttpResponse<String> response = send(request.build(), timeout.multipliedBy(2));
    int status = response.statusCode();
    if (status >= 500 || status == 429) {
      throw new IOException(url + " answers " + status);
    }
    return new Answer(status, json(response.body()), true);
  }

  private HttpResponse<String> send(HttpRequest request, Duration whole) throws IOException {
    // A request's own timeout ends with the headers; a body may stall behind them.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      return answer.get(whole.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no whole answer within " + whole.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while the registry was asked", e);
    }
  }

  private static JsonNode json(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? JSON.createObjectNode() : json;
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  private Answer allowed(String url, Answer answer) {
    if (answer.status() == 401 || answer.status() == 403) {
      throw new UserMistake(
          "registry: "
              + url
              + " answers "
              + answer.message().strip()
              + (address.authorization().isEmpty()
                  ? " (must be asked with registry.user and registry.password, or registry.token)"
                  : " (must allow registry.user or registry.token to read, and to register)"));
    }
    return answer;
  }

  private UserMistake away(String path, IOException last) {
    String why = last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    return new UserMistake(
        "registry: "
            + address
            + ": no answer to "
            + path
            + " within "
            + Duration.ofMillis(address.patienceMillis()).toSeconds()
            + " s: "
            + why
            + " (must be reachable at registry.url)",
        last);
  }

  /** Waits before it asks again. */
  static void rest(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while the registry was waited for", e);
    }
  }
}

package dev.eddy.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Apicurio's registry, which has Confluent's REST interface, keeping its schemas in memory. */
final class Registry implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = Places.freePort();
  private final JavaProcess process;

  Registry() {
    process =
        JavaProcess.start(
            Places.anew(Places.all().resolve("registry")),
            Places.log("registry"),
            Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", Integer.toString(port)),
            List.of("-Xmx512m"),
            runner().toString(),
            List.of("io.quarkus.runner.GeneratedMain"));
    Awaitility.await("the registry")
        .atMost(FlinkCluster.PATIENCE)
        .ignoreExceptions()
        .until(() -> ask(HttpRequest.newBuilder(URI.create(url() + "/subjects")).GET()) == 200);
  }

  /** As the build unpacked it; its manifest names its libraries. */
  private static Path runner() {
    try (Stream<Path> files =
        Files.list(Places.project().resolve("cluster-tests/target/registry"))) {
      return files
          .filter(path -> path.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no registry has been unpacked"));
    } catch (IOException e) {
      throw new IllegalStateException("no registry has been unpacked", e);
    }
  }

  private int ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  /** Where its interface is. */
  String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  /** From now on versions of a subject must read each other's records. */
  void requireFull(String subject) throws Exception {
    int status =
        ask(
            HttpRequest.newBuilder(URI.create(url() + "/config/" + subject))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"FULL\"}")));
    if (status != 200) {
      throw new AssertionError("the registry answers " + status);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}

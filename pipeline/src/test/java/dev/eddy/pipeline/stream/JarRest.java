package dev.eddy.pipeline.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Flink's REST interface, as far as it is about jars and their jobs. */
public final class JarRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "----jar";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI cluster;

  public JarRest(URI cluster) {
    this.cluster = cluster;
  }

  /** The id under which the cluster knows the jar. */
  public String upload(Path jar) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"job.jar\""
                + "\r\nContent-Type: application/x-java-archive\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.write(Files.readAllBytes(jar));
    body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(cluster.resolve("/jars/upload"))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    String answer = client.send(request, BodyHandlers.ofString()).body();
    return Path.of(JSON.readTree(answer).get("filename").asText()).getFileName().toString();
  }

  /** {@code action} is {@code run} or {@code plan}. */
  public HttpResponse<String> ask(
      String jar, String action, List<String> arguments, Map<String, ?> more) throws Exception {
    Map<String, Object> body = new HashMap<>(more);
    body.put("programArgsList", arguments);
    HttpRequest request =
        HttpRequest.newBuilder(cluster.resolve("/jars/" + jar + "/" + action))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(cluster.resolve(path)).build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  public String state(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job).path("state").asText();
  }

  public void cancel(String job) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(cluster.resolve("/jobs/" + job))
            .method("PATCH", BodyPublishers.noBody())
            .build();
    client.send(request, BodyHandlers.discarding());
  }
}

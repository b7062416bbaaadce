package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.flink.CheckpointDirectory;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar, as the build packaged it, on a cluster's REST interface. The cluster is in this JVM:
 * a main class that ended the process would end the tests.
 */
class StreamingJobIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KEYS = 5;

  @TempDir Path directory;
  private EmbeddedKafka kafka;
  private EmbeddedFlink flink;
  private TestDeployment deployment;
  private JarRest rest;
  private String yaml;
  private String jar;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start();
    deployment = TestDeployment.named(kafka.client(), "rest");
    TestModels models = new TestModels(directory.resolve("store"));
    deployment.announce(models.announce(models.publish(1)));
    yaml =
        EddyRunProcess.deployment(directory, kafka.bootstrapServers(), deployment.topics())
            .toString();
    flink =
        EmbeddedFlink.start(
            Configuration.fromMap(
                Map.of(
                    "classloader.resolve-order",
                    "parent-first", // the tests have a connector of their own
                    "parallelism.default",
                    "2",
                    "rest.port",
                    freePort(),
                    "execution.checkpointing.dir",
                    clusters().toUri().toString(),
                    "execution.checkpointing.interval",
                    "250 ms")));
    rest = new JarRest(flink.address());
    jar = rest.upload(built());
  }

  @AfterEach
  void stop() throws Exception {
    flink.close();
    kafka.close();
  }

  @Test
  void runs_by_the_clusters_settings_and_resumes_from_the_checkpoint_that_is_named()
      throws Exception {
    deployment.observe(TestModels.rounds(KEYS, 0, 20));
    String job = submit(List.of("run", "-c", yaml), Map.of("parallelism", 2));
    await().atMost(PATIENCE).until(() -> deployment.committed() == 20 * KEYS);

    assertThat(rest.get("/jobs/" + job + "/checkpoints/config").path("interval").asInt())
        .isEqualTo(250);
    assertThat(clusters().resolve(job)).isDirectory();
    assertThat(directory.resolve("retained")).doesNotExist();
    assertThat(directory.resolve(".eddy")).doesNotExist();
    end(job);

    deployment.observe(TestModels.rounds(KEYS, 20, 30));
    String checkpoint = CheckpointDirectory.newest(clusters().toUri().toString()).orElseThrow();
    String again =
        submit(
            List.of("-c", directory.resolve("deployment.yaml").toUri().toString()),
            Map.of("parallelism", 1, "savepointPath", checkpoint));
    await().atMost(PATIENCE).until(() -> deployment.committed() >= 30 * KEYS);
    end(again);
    assertThat(deployment.predictions()).hasSize(KEYS);
    assertThat(deployment.predictions().values())
        .allSatisfy(ofKey -> assertThat(ofKey).hasSize(30));

    assertRefused(
        "run",
        List.of("-c", yaml),
        Map.of("savepointPath", clusters() + "/none"),
        "/none/_metadata: missing (must be a whole checkpoint's: ");
    assertThat(deployment.committed()).isEqualTo(30 * KEYS);
  }

  @Test
  void a_start_without_state_where_there_is_progress_is_refused_unless_asked_for()
      throws Exception {
    deployment.observe(TestModels.rounds(KEYS, 0, 20));
    String job = submit(List.of("-c", yaml), Map.of("parallelism", 2));
    await().atMost(PATIENCE).until(() -> deployment.committed() == 20 * KEYS);
    await().atMost(PATIENCE).until(this::hasProgress); // committed just after the predictions
    end(job);

    String without = submit(List.of("-c", yaml), Map.of("parallelism", 2));
    await().atMost(PATIENCE).until(() -> rest.state(without).equals("FAILED"));
    assertThat(rest.get("/jobs/" + without + "/exceptions").toString())
        .contains("deployment test: it has predictions on ")
        .contains("; there is no state to resume from (must be started from a savepoint or ");
    assertThat(deployment.committed()).isEqualTo(20 * KEYS);

    deployment.observe(TestModels.rounds(KEYS, 20, 22));
    String cold = submit(List.of("-c", yaml, "--from", "committed"), Map.of("parallelism", 2));
    await().atMost(PATIENCE).until(() -> deployment.committed() == 22 * KEYS);
    end(cold);

    String fresh = submit(List.of("-c", yaml, "--fresh"), Map.of("parallelism", 2));
    await().atMost(PATIENCE).until(() -> deployment.committed() == 2 * 22 * KEYS);
    end(fresh);
  }

  @Test
  void a_second_start_is_refused_while_the_first_runs() throws Exception {
    String job = submit(List.of("-c", yaml), Map.of());
    assertRefused("run", List.of("-c", yaml), "deployment test: job " + job + " on 127.0.0.1:");
    submit(List.of("-c", yaml, "--set", "name=another", "--set", "model.name=test"), Map.of());
    end(job);
    end(submit(List.of("-c", yaml), Map.of()));
  }

  @Test
  void a_bounded_job_runs_to_its_end() throws Exception {
    deployment.observe(TestModels.rounds(KEYS, 0, 20));
    String job = submit(List.of("-c", yaml, "--bounded"), Map.of("parallelism", 2));
    await().atMost(PATIENCE).until(() -> rest.state(job).equals("FINISHED"));
    assertThat(deployment.committed()).isEqualTo(20 * KEYS);
  }

  @Test
  void what_is_wrong_is_answered_and_ends_nothing() throws Exception {
    for (String action : List.of("run", "plan")) {
      assertRefused(action, List.of("--help"), "arguments: ");
      assertRefused(action, List.of("check", "-c", yaml), "arguments: check (must be -c FILE ");
      assertRefused(action, List.of("-c", yaml + "l"), "missing (must be a YAML file");
      assertRefused(
          action,
          List.of("-c", yaml, "--set", "serving.max-batch=0"),
          "serving.max-batch: 0 (must be ");
    }
    assertThat(rest.get("/jobs/overview").path("jobs")).isEmpty();
    HttpResponse<String> plan = rest.ask(jar, "plan", List.of("-c", yaml), Map.of());
    assertThat(plan.statusCode()).as(plan.body()).isEqualTo(200);
    assertThat(rest.get("/jobs/overview").path("jobs")).isEmpty();
  }

  private void assertRefused(String action, List<String> arguments, String line) throws Exception {
    assertRefused(action, arguments, Map.of(), line);
  }

  private void assertRefused(
      String action, List<String> arguments, Map<String, ?> more, String line) throws Exception {
    HttpResponse<String> answer = rest.ask(jar, action, arguments, more);
    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(answer.body()).contains(line);
  }

  private String submit(List<String> arguments, Map<String, ?> more) throws Exception {
    HttpResponse<String> answer = rest.ask(jar, "run", arguments, more);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).get("jobid").asText();
  }

  private boolean hasProgress() throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka.client()))) {
      return admin
          .listConsumerGroupOffsets(TestModels.NAME)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .anyMatch(Objects::nonNull);
    }
  }

  private void end(String job) throws Exception {
    rest.cancel(job);
    await().atMost(PATIENCE).until(() -> rest.state(job).equals("CANCELED"));
  }

  /** The job manager knows of its own address what its configuration says. */
  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  private Path clusters() {
    return directory.resolve("of-the-cluster");
  }

  private static Path built() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of(System.getProperty("eddy.root")).resolve("pipeline/target"))) {
      return files
          .filter(path -> path.getFileName().toString().endsWith("-job.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no job jar has been built"));
    }
  }
}

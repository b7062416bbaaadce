package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.pipeline.flink.CheckpointDirectory;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code run --target} where the cluster alone knows where state lies and what runs. */
class StartOnClusterTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension static final Surroundings HERE = new Surroundings();

  private EmbeddedFlink flink;
  private String address;
  private Path checkpoints;

  @BeforeEach
  void start() throws Exception {
    checkpoints = HERE.folder().resolve("of-the-cluster");
    Configuration own = new Configuration();
    own.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    own.setString("execution.checkpointing.interval", "250 ms");
    flink = EmbeddedFlink.start(own);
    address = flink.address().getAuthority();
    HERE.launch();
  }

  @AfterEach
  void stop() throws Exception {
    flink.close();
  }

  @Test
  void a_second_start_is_refused_while_the_first_runs() throws Exception {
    Path yaml = threeObservations("twice");
    String job = submitted("run", "-c", yaml, "--target", address, "--json");

    eddy("run", "-c", yaml, "--target", address)
        .assertMistake("deployment test: job " + job + " on " + address + " is ");
    cancel(job);
  }

  @Test
  void a_start_without_state_is_refused_and_told_what_the_cluster_remembers() throws Exception {
    Path yaml = threeObservations("again");
    String job = submitted("run", "-c", yaml, "--target", address, "--json");
    await().atMost(PATIENCE).until(() -> HERE.predictions("again") == 3);
    cancel(job);

    Ended refused = eddy("run", "-c", yaml, "--target", address);
    String savepoint = "--from-savepoint PATH, such as file:" + checkpoints + "/" + job + "/chk-";
    refused.assertMistake(savepoint);
    String path = refused.err().replaceAll("(?s).*such as ([^;]+);.*", "$1");

    eddy("run", "-c", yaml, "--target", address, "--from-savepoint", path + "-not")
        .assertMistake("the job was not accepted (Cannot find checkpoint or savepoint");
    Ended ran = eddy("run", "-c", yaml, "--target", address, "--from-savepoint", path, "--bounded");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("resuming from " + path).contains("stopped with ");
    assertThat(HERE.predictions("again")).isEqualTo(3);
    assertThat(Files.exists(Path.of(URI.create(path)).resolve("_metadata"))).isTrue();
  }

  @Test
  void a_run_here_does_not_begin_behind_what_the_cluster_has_come_to() throws Exception {
    Path yaml = threeObservations("apart");
    assertThat(eddy("run", "-c", yaml, "--bounded").code()).isZero();
    Path here = HERE.folder().resolve(".eddy/checkpoints/test");
    String own = CheckpointDirectory.newest(here.toString()).orElseThrow();
    HERE.observations("load,wind\n4,5\n");
    eddy("replay", "-c", yaml, "--set", "replay.time.start=2026-01-02");
    Object[] there = {"run", "-c", yaml, "--target", address, "--from-savepoint", own, "--bounded"};
    Ended ran = eddy(there);
    assertThat(ran.code()).as(ran.err()).isZero();

    eddy("run", "-c", yaml, "--bounded")
        .assertMistake(
            "deployment test: its consumer group has come to {apart-observations-0=4}, the newest"
                + " checkpoint in the directory to {apart-observations-0=3} (another run");
    assertThat(HERE.predictions("apart")).isEqualTo(4);
    String moved = CheckpointDirectory.newest(checkpoints.toString()).orElseThrow();
    Ended on = eddy("run", "-c", yaml, "--bounded", "--from-savepoint", moved);
    assertThat(on.code()).as(on.err()).isZero();
    assertThat(HERE.predictions("apart")).isEqualTo(4);
    assertThat(eddy("run", "-c", yaml, "--bounded").out()).contains("resuming from ");
  }

  @Test
  void a_store_that_its_task_managers_do_not_reach_is_refused_before_anything_is_set_aside()
      throws Exception {
    Path yaml = threeObservations("unreached");
    Files.createDirectories(checkpoints.getParent());
    Files.writeString(checkpoints, "a file where checkpoints are to be");

    eddy("run", "-c", yaml, "--target", address, "--fresh")
        .assertMistake(": flink.execution.checkpointing.dir: file:");
    assertThat(HERE.predictions("unreached")).isZero();
  }

  private static Path threeObservations(String topics) throws IOException {
    Path yaml = HERE.deployment(topics);
    HERE.observations("load,wind\n1,2\n2,3\n3,4\n");
    eddy("replay", "-c", yaml, "--create-topics");
    HERE.announce(topics, HERE.models().publish(1));
    return yaml;
  }

  private static String submitted(Object... arguments) {
    Ended submitted = eddy(arguments);
    assertThat(submitted.code()).as(submitted.err()).isZero();
    return submitted.json().get("job").asText();
  }

  private void cancel(String job) throws Exception {
    URI jobs = flink.address().resolve("/jobs/" + job);
    HttpClient client = HttpClient.newHttpClient();
    client.send(
        HttpRequest.newBuilder(jobs).method("PATCH", BodyPublishers.noBody()).build(),
        BodyHandlers.discarding());
    HttpRequest state = HttpRequest.newBuilder(jobs).build();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                client
                    .send(state, BodyHandlers.ofString())
                    .body()
                    .contains("\"state\":\"CANCELED\""));
  }
}

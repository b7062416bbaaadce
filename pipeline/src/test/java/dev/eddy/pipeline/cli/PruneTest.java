package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code eddy models prune}: what nobody needs is freed, and nothing else. */
class PruneTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void what_keys_of_the_running_job_need_is_kept_until_they_have_moved() throws Exception {
    Path yaml = observed("needed", "stays", 4);
    for (int version = 1; version <= 4; version++) {
      eddy("models", "promote", "-c", yaml, "test@" + version, "--effective-from", at(version));
    }
    Configuration settings = new Configuration();
    settings.setString("metrics.fetcher.update-interval", "500");
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings)) {
      HERE.launch();
      String address = flink.address().getAuthority();
      String none = "deployment test: no job on " + address + " (must be RUNNING)";
      await() // until its job manager answers
          .atMost(PATIENCE)
          .until(
              () ->
                  eddy("models", "prune", "-c", yaml, "--keep", "1", "--target", address)
                      .err()
                      .contains(none));
      Ended submitted = eddy("run", "-c", yaml, "--target", address, "--fresh", "--json");
      assertThat(submitted.code()).as(submitted.err()).isZero();
      await().atMost(PATIENCE).until(() -> HERE.predictions("needed") == 3);
      replay(yaml, "goes on", "2026-01-01T00:05:00Z");
      await().atMost(PATIENCE).until(() -> HERE.predictions("needed") == 6);

      Ended pruned = eddy("models", "prune", "-c", yaml, "--keep", "1", "--target", address);
      assertThat(pruned.out())
          .contains("kept   test@2: 1 keys need it")
          .contains("kept   test@3: a rollback lets it serve")
          .contains("kept   test@4: serves")
          .contains("pruned test@1");

      replay(yaml, "stays", "2026-01-01T00:09:00Z");
      await().atMost(PATIENCE).until(() -> HERE.predictions("needed") == 9);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  eddy("models", "prune", "-c", yaml, "--keep", "1", "--target", address)
                      .out()
                      .contains("pruned test@2"));
    }
    Ended listed = eddy("models", "list", "-c", yaml, "--json");
    assertThat(listed.code()).isZero();
    assertThat(listed.json().get("pruned")).hasToString("[\"test@1\",\"test@2\"]");
    assertThat(listed.json().get("models")).hasSize(2);
    assertThat(eddy("check", "-c", yaml).out()).doesNotContain("test@1");
  }

  @Test
  void a_job_whose_timeline_names_what_is_pruned_starts_and_serves_without_a_word()
      throws IOException {
    Path yaml = observed("quiet", "pump", 3);
    for (int version = 1; version <= 3; version++) {
      eddy("models", "promote", "-c", yaml, "test@" + version, "--effective-from", at(version - 1));
    }
    Ended pruned = eddy("models", "prune", "-c", yaml, "--keep", "1", "--force", "--json");
    assertThat(pruned.json().get("pruned")).hasToString("[\"test@1\"]");

    Ended ran = eddy("run", "-c", yaml, "--bounded", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.json().get("refusedVersions").asInt()).isZero();
    assertThat(HERE.predictions("quiet")).isEqualTo(3);
    assertThat(HERE.models().publish(9).id())
        .as("no number is given twice")
        .isEqualTo(new ModelId("test", 4));
    eddy("models", "promote", "-c", yaml, "test@1").assertMistake("model test@1: was pruned at ");
  }

  @Test
  void what_is_not_known_is_not_pruned() throws IOException {
    Path yaml = observed("unknown", "pump", 2);
    eddy("models", "prune", "-c", yaml, "--keep", "1")
        .assertMistake("--target: not given (must be where the job runs, which knows what its");
    eddy("models", "prune", "-c", yaml, "--keep", "0", "--force")
        .assertMistake("--keep: 0 (must be 1 or more)");
    assertThat(eddy("models", "prune", "-c", yaml, "--keep", "2", "--force").out())
        .contains("kept   test@1: one of the newest 2")
        .contains("0 of test pruned");
  }

  private static String at(int minute) {
    return "2026-01-01T00:0" + minute + ":00Z";
  }

  /** Versions in the store, observations of one key of three minutes on the topic. */
  private static Path observed(String topics, String key, int versions) throws IOException {
    Path yaml = HERE.deployment(topics);
    eddy("topics", "create", "-c", yaml);
    replay(yaml, key, "2026-01-01T00:00:00Z");
    for (int seed = 1; seed <= versions; seed++) {
      HERE.models().publish(seed);
    }
    return yaml;
  }

  private static void replay(Path yaml, String key, String from) throws IOException {
    HERE.observations("load,wind\n1,2\n2,3\n3,4\n");
    Ended replayed =
        eddy(
            "replay",
            "-c",
            yaml,
            "--set",
            "replay.key.constant=" + key,
            "--set",
            "replay.time.start=" + from);
    assertThat(replayed.code()).as(replayed.err()).isZero();
  }
}

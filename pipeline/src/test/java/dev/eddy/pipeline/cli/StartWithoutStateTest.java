package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.pipeline.flink.CheckpointDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run that finds nothing to resume from although the deployment has predicted already. */
class StartWithoutStateTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void is_refused_with_the_ways_out_and_forgets_nothing() throws Exception {
    Path yaml = threePredictions("lost");
    loseState();

    eddy("run", "-c", yaml, "--bounded")
        .assertMistake(
            "deployment test: it has predictions on lost-predictions, and its consumer group has"
                + " come to {lost-observations-0=3}; there is no state to resume from (must be"
                + " started with --from-savepoint PATH; with --from committed, which goes on"
                + " behind these offsets with cold keys; or with --fresh, which");
    assertThat(offsets("lost")).containsExactly(Map.entry("lost-observations-0", 3L));
    assertThat(HERE.predictions("lost")).isEqualTo(3);
  }

  @Test
  void is_refused_where_the_offsets_have_expired_too() throws Exception {
    Path yaml = threePredictions("expired");
    loseState();
    try (Admin admin = admin()) {
      admin
          .deleteConsumerGroupOffsets(
              "test", java.util.Set.of(new TopicPartition("expired-observations", 0)))
          .all()
          .get();
    }

    eddy("run", "-c", yaml, "--bounded")
        .assertMistake("it has predictions on expired-predictions; there is no state");
    eddy("run", "-c", yaml, "--bounded", "--from", "committed")
        .assertMistake("--from committed: consumer group test has committed nothing on expired-");
  }

  @Test
  void goes_on_behind_the_committed_offsets_if_asked_to() throws Exception {
    Path yaml = threePredictions("cold");
    loseState();
    HERE.observations("load,wind\n4,5\n5,6\n");
    eddy("replay", "-c", yaml, "--set", "replay.time.start=2026-01-02");

    Ended ran = eddy("run", "-c", yaml, "--bounded", "--from", "committed");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("going on with cold keys behind {cold-observations-0=3}");
    assertThat(HERE.predictions("cold")).isEqualTo(5);
    assertThat(eddy("run", "-c", yaml, "--bounded").out()).contains("resuming from ");
    assertThat(HERE.predictions("cold")).isEqualTo(5);
  }

  @Test
  void begins_anew_if_asked_to_and_does_not_take_old_offsets_for_its_own() throws Exception {
    Path yaml = threePredictions("anew");
    Path own = HERE.folder().resolve(".eddy/checkpoints/test");
    Files.createDirectories(own.resolve("notes"));

    Ended ran = eddy("run", "-c", yaml, "--bounded", "--fresh");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("set the checkpoints aside: ");
    assertThat(HERE.predictions("anew")).isEqualTo(2 * 3);
    assertThat(own.resolve("notes")).isDirectory();
    assertThat(offsets("anew")).containsExactly(Map.entry("anew-observations-0", 3L));
  }

  @Test
  void resumes_from_a_savepoint_that_lies_elsewhere_and_leaves_it_there() throws Exception {
    Path yaml = threePredictions("elsewhere");
    Path own = HERE.folder().resolve(".eddy/checkpoints/test");
    Path savepoint = Path.of(CheckpointDirectory.newest(own.toString()).orElseThrow().substring(5));
    Path elsewhere = HERE.folder().resolve("elsewhere");
    FileUtils.copyDirectory(savepoint.toFile(), elsewhere.toFile());
    loseState();

    eddy("run", "-c", yaml, "--bounded", "--from-savepoint", elsewhere + "-not")
        .assertMistake("elsewhere-not (must be a completed savepoint or checkpoint)");
    Ended ran = eddy("run", "-c", yaml, "--bounded", "--from-savepoint", elsewhere);

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("resuming from " + elsewhere.toUri());
    assertThat(HERE.predictions("elsewhere")).isEqualTo(3);
    assertThat(elsewhere.resolve("_metadata")).exists();
  }

  @Test
  void takes_one_way_out_and_no_other() throws IOException {
    Path yaml = HERE.deployment("usage");
    assertThat(eddy("run", "-c", yaml, "--fresh", "--from", "committed").err())
        .contains("mutually exclusive");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");
    eddy("run", "-c", yaml, "--bounded", "--from", "latest")
        .assertMistake("--from: latest (must be committed)");
  }

  @Test
  void checkpoints_of_another_deployment_are_neither_resumed_nor_moved() throws Exception {
    threePredictions("owner");
    Path yaml = HERE.deployment("guest");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");
    String own = HERE.folder().resolve(".eddy/checkpoints/test").toUri().toString();
    Object[] run = {
      "run", "-c", yaml, "--bounded", "--set", "name=guest", "--set", "model.name=test", "--set",
      "flink.execution.checkpointing.dir=" + own
    };

    eddy(run).assertMistake(": of deployment test (must be of guest alone: give it a directory");
    String before = CheckpointDirectory.newest(own).orElseThrow();
    Object[] fresh = java.util.Arrays.copyOf(run, run.length + 1);
    fresh[run.length] = "--fresh";
    eddy(fresh).assertMistake(": of deployment test (must be of guest alone");
    assertThat(CheckpointDirectory.newest(own)).contains(before);
  }

  /** Of a deployment that has run to the end of its topic. */
  private static Path threePredictions(String topics) throws IOException {
    Path yaml = HERE.deployment(topics);
    HERE.observations("load,wind\n1,2\n2,3\n3,4\n");
    eddy("replay", "-c", yaml, "--create-topics");
    HERE.announce(topics, HERE.models().publish(1));
    Ended ran = eddy("run", "-c", yaml, "--bounded");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(HERE.predictions(topics)).isEqualTo(3);
    return yaml;
  }

  private static void loseState() throws IOException {
    FileUtils.deleteDirectory(HERE.folder().resolve(".eddy").toFile());
  }

  private static Map<String, Long> offsets(String topics) throws Exception {
    try (Admin admin = admin()) {
      return admin
          .listConsumerGroupOffsets("test")
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(each -> each.getKey().topic().equals(topics + "-observations"))
          .filter(each -> Objects.nonNull(each.getValue()))
          .collect(
              Collectors.toMap(
                  each -> each.getKey().toString(), StartWithoutStateTest::offset));
    }
  }

  private static long offset(Map.Entry<TopicPartition, OffsetAndMetadata> committed) {
    return committed.getValue().offset();
  }

  private static Admin admin() {
    return Admin.create(Map.<String, Object>of("bootstrap.servers", HERE.broker()));
  }
}

package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code eddy models promote}, {@code rollback} and {@code retract}: which version serves. */
class PromoteTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void a_version_is_promoted_from_just_after_the_newest_observation() throws IOException {
    Path yaml = observed("promoted");

    assertThat(eddy("models", "promote", "-c", yaml, "test@1").out())
        .contains("announced test@1, serving from the beginning");
    assertThat(eddy("models", "promote", "-c", yaml, "test@2", "--policy", "reset").out())
        .contains("announced test@2, serving from 2026-01-01T00:02:00.001Z");
    Ended back =
        eddy(
            "models",
            "promote",
            "-c",
            yaml,
            "test@1",
            "--effective-from",
            "2026-01-01T00:05:00Z",
            "--json");
    assertThat(back.json().get("effectiveFrom").asLong()).isEqualTo(1767225900000L);

    eddy("models", "promote", "-c", yaml, "test@9").assertMistake("model.json: cannot be read (");
    eddy("models", "promote", "-c", yaml, "test@1", "--effective-from", "noon")
        .assertMistake("--effective-from: noon (must be a time such as 2026-01-31T12:00:00Z)");
    eddy("models", "promote", "-c", yaml, "test@1", "--policy", "keep")
        .assertMistake("--policy: swap: keep (must be");
  }

  @Test
  void a_rollback_lets_the_version_before_serve_again_and_the_next_one_the_one_before_that()
      throws IOException {
    Path yaml = observed("rolled");
    for (int version = 1; version <= 3; version++) {
      eddy("models", "promote", "-c", yaml, "test@" + version, "--effective-from", at(version));
    }

    assertThat(eddy("models", "rollback", "-c", yaml).out())
        .as("at 00:02 test@2 serves")
        .contains("announced test@1 in place of test@2, serving from 2026-01-01T00:02:00.001Z");
    eddy("models", "rollback", "-c", yaml)
        .assertMistake("model test: test@1 serves (must be a later version than the first");
  }

  @Test
  void a_version_is_retracted_that_does_not_serve_yet() throws IOException {
    Path yaml = observed("retracted");
    eddy("models", "promote", "-c", yaml, "test@1");
    eddy("models", "promote", "-c", yaml, "test@2", "--effective-from", at(9));

    assertThat(eddy("models", "retract", "-c", yaml, "test@2").out())
        .contains("retracted test@2, as if it had never been announced");

    assertThat(eddy("models", "list", "-c", yaml, "--json").json().at("/models/1/announced"))
        .hasToString("false");
    eddy("models", "retract", "-c", yaml, "test@2")
        .assertMistake("NAME@VERSION: test@2 (must be announced, which it is not)");
    eddy("models", "retract", "-c", yaml, "test@1")
        .assertMistake(
            "NAME@VERSION: test@1 serves from the beginning (must be one that does not serve yet");
    assertThat(eddy("models", "promote", "-c", yaml, "test@2").out())
        .as("announced anew, it serves")
        .contains("announced test@2, serving from 2026-01-01T00:02:00.001Z");
  }

  @Test
  void a_shadow_is_announced_listed_promoted_and_taken_back() throws IOException {
    Path yaml = observed("shadowed");
    eddy("models", "announce", "-c", yaml, "test@2", "--shadow")
        .assertMistake("--shadow: test: nothing serves yet (must be announced without --shadow");
    eddy("models", "promote", "-c", yaml, "test@1");
    eddy("models", "announce", "-c", yaml, "test@1", "--shadow")
        .assertMistake("--shadow: test: test@1 serves itself (must be another version than");

    assertThat(eddy("models", "announce", "-c", yaml, "test@2", "--shadow").out())
        .contains("announced test@2, as a shadow from 2026-01-01T00:02:00.001Z")
        .contains("it is not scored: topics.evaluations is not given");
    assertThat(eddy("models", "announce", "-c", yaml, "test@2", "--shadow").out())
        .contains("announced already: test@2, as a shadow from 2026-01-01T00:02:00.001Z");
    assertThat(eddy("models", "list", "-c", yaml).out())
        .contains("as a shadow from 2026-01-01T00:02:00.001Z");
    Ended listed = eddy("models", "list", "-c", yaml, "--json");
    assertThat(listed.json().at("/models/1/shadow").asBoolean()).isTrue();
    assertThat(listed.json().at("/models/0/shadow").asBoolean()).isFalse();

    assertThat(eddy("models", "retract", "-c", yaml, "test@2").out()).contains("retracted test@2");
    eddy("models", "announce", "-c", yaml, "test@2", "--shadow");
    assertThat(eddy("models", "promote", "-c", yaml, "test@2").out())
        .contains("keys go on with what it has made of them as a shadow");
    assertThat(eddy("models", "list", "-c", yaml).out()).doesNotContain("as a shadow");
  }

  private static String at(int minute) {
    return "2026-01-01T00:0" + minute + ":00Z";
  }

  /** Three versions in the store, observations of three minutes on the topic. */
  private static Path observed(String topics) throws IOException {
    Path yaml = HERE.deployment(topics);
    HERE.observations("load,wind\n1,2\n2,3\n3,4\n");
    eddy("replay", "-c", yaml, "--create-topics");
    for (int seed = 1; seed <= 3; seed++) {
      HERE.models().publish(seed);
    }
    return yaml;
  }
}

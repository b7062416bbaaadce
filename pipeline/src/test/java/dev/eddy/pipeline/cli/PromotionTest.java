package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code eddy train} announces what is better than what serves, and says why it does not. */
class PromotionTest {
  private static final int NOT_ANNOUNCED = 3;

  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void a_version_takes_over_where_it_is_better_and_only_there() throws IOException {
    Path yaml = HERE.deployment("promoted");
    HERE.observations(followers());
    eddy("replay", "-c", yaml, "--create-topics");

    Ended first = train(yaml, 1);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.json().get("announced").asBoolean()).as("nothing serves before").isTrue();
    assertThat(first.json().at("/judged/champion").isNull()).isTrue();

    JsonNode second = train(yaml, 150).json();
    assertThat(second.get("announced").asBoolean()).as(second.toString()).isTrue();
    assertThat(second.at("/judged/champion").asText()).isEqualTo("test@1");
    assertThat(second.at("/judged/overChampion/share").asDouble()).isGreaterThan(0.1);
    assertThat(second.at("/judged/overChampion/probability").asDouble()).isGreaterThan(0.9);
    assertThat(second.at("/judged/overNaive/probability").asDouble()).isGreaterThan(0.9);

    Ended third = train(yaml, 150);
    assertThat(third.code()).as("no failure, and no new champion").isEqualTo(NOT_ANNOUNCED);
    assertThat(third.json().get("announced").asBoolean()).isFalse();
    assertThat(third.err())
        .contains("NOT surely better than test@2")
        .contains("published test@3, not announced, test@2 goes on");
    assertThat(eddy("models", "show", "test@3", "-c", yaml).out())
        .contains("NOT surely better than test@2")
        .contains("trained until  2026-01-01T09:59:00Z")
        .contains("serving        not announced");

    Ended fourth = train(yaml, 150, "--promote", "always");
    assertThat(fourth.code()).isZero();
    assertThat(fourth.json().get("announced").asBoolean()).isTrue();
    Ended fifth = train(yaml, 1, "--promote", "never");
    assertThat(fifth.code()).isZero();
    assertThat(fifth.json().get("announced").asBoolean()).isFalse();
    JsonNode listed = eddy("models", "list", "-c", yaml, "--json").json();
    assertThat(listed.get("models").findValuesAsText("announced"))
        .containsExactly("true", "true", "false", "true", "false");
  }

  @Test
  void without_data_that_neither_has_seen_the_champion_goes_on() throws IOException {
    Path yaml = HERE.deployment("unjudged");
    HERE.observations(followers());
    eddy("replay", "-c", yaml, "--create-topics");
    String[] all = {"--set", "training.split={by: last, validation: 100, test: 0}"};

    assertThat(train(yaml, 1, all).json().get("announced").asBoolean()).isTrue();
    Ended again = train(yaml, 1, all);

    assertThat(again.code()).isEqualTo(NOT_ANNOUNCED);
    assertThat(again.err())
        .contains("judged: too little to judge by that neither it nor test@1 has seen: nothing");
  }

  @Test
  void a_champion_that_forecasts_something_else_is_not_compared() throws IOException {
    Path yaml = HERE.deployment("other");
    HERE.observations(followers());
    eddy("replay", "-c", yaml, "--create-topics");
    HERE.announce("other", HERE.models().publish(1)); // which knows no interval

    Ended ended = train(yaml, 150);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains(
            "judged: test@1 forecasts other targets, horizons or quantiles, so the two cannot be"
                + " compared; better than the best naive forecaster");
  }

  @Test
  void what_is_asked_wrongly_is_refused() throws IOException {
    Path yaml = HERE.deployment("refused");
    HERE.observations(followers());
    eddy("train", "--files", "-c", yaml, "--promote", "always")
        .assertMistake("--promote: always (must be left out with --files");
    eddy("train", "-c", yaml, "--promote", "sometimes").assertMistake("--promote: sometimes (must");
  }

  private static Ended train(Path yaml, int updates, String... more) {
    Object[] words = {
      "train",
      "--json",
      "-c",
      yaml,
      "--set",
      "training.updates=" + updates,
      "--set",
      "training.batch=8",
      "--set",
      "training.sequence-length=32",
      "--set",
      "training.burn-in=4",
      "--set",
      "model.hidden=8",
      "--set",
      "training.split={by: last, validation: 100, test: 300}"
    };
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return eddy(all);
  }

  /** A load that follows the wind of the minute before, which no naive forecaster reads. */
  private static String followers() {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("load,wind\n");
    double wind = 0;
    for (int minute = 0; minute < 900; minute++) {
      double load = 10 + 3 * wind + 0.1 * random.nextGaussian();
      wind = random.nextGaussian();
      csv.append(load).append(',').append(wind).append('\n');
    }
    return csv.toString();
  }
}

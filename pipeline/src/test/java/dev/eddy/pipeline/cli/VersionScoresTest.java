package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A backtest over several versions scores each of them by its own predictions. */
class VersionScoresTest {
  private static final int ROWS = 20;
  private static final Offset<Double> EXACTLY = Offset.offset(1e-6);
  private static final int BEFORE = 12; // rows before the second version serves

  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void each_version_has_scores_of_its_own() throws IOException {
    Path yaml = HERE.deployment("versions");
    StringBuilder csv = new StringBuilder("load,wind\n");
    for (int row = 0; row < ROWS; row++) {
      csv.append(row % 5).append(',').append(row % 3).append('\n');
    }
    HERE.observations(csv.toString());
    eddy("replay", "-c", yaml, "--create-topics");
    TestModels models = HERE.models();
    HERE.announce("versions", models.publish(1));
    long from = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * BEFORE).toEpochMilli();
    HERE.announce("versions", models.announce(models.publish(2), from, "carry"));

    Ended backtest = eddy("backtest", "-c", yaml, "--json");

    assertThat(backtest.code()).as(backtest.err()).isZero();
    assertThat(backtest.err())
        .containsPattern("version +target +scored +MAE")
        .containsPattern("test@1 +load +24 ")
        .containsPattern("test@2 +load +12 ");
    JsonNode json = backtest.json();
    JsonNode first = json.at("/versions/test@1/pooled/0");
    JsonNode second = json.at("/versions/test@2/pooled/0");
    JsonNode all = json.at("/pooled/0");
    assertThat(first.get("count").asInt()).isEqualTo(BEFORE);
    assertThat(second.get("count").asInt()).isEqualTo(ROWS - BEFORE - 1);
    assertThat(total(first) + total(second)).isCloseTo(total(all), EXACTLY);

    JsonNode one = eddy("backtest", "-c", yaml, "--model", "test@2", "--json").json();
    assertThat(one.get("versions")).isEmpty();
  }

  private static double total(JsonNode score) {
    return score.get("mae").asDouble() * score.get("count").asInt();
  }
}

package dev.eddy.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.yaml.SettingsBinder;
import dev.eddy.pipeline.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that must fail on files fails in check, which reads all rows. */
class FilesQuestionTest {
  @TempDir Path folder;

  @Test
  void rows_that_training_would_refuse_are_counted_with_the_first_of_each_reason()
      throws IOException {
    String csv = rows(60) + "time,pump,load,state\nTotal,p0,7,\n" + "2026-02-01T00:00:00Z,p0";
    Findings stop = ask(csv, "target: load", "{by: share, validation: 0.2, test: 0.2}", "");
    assertThat(stop.wrong())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("replay: 3 of 63 rows are refused (must be none"))
        .anyMatch(
            line -> line.matches("repeated header: 1, first .*a.csv:62: the header once more.*"))
        .anyMatch(line -> line.matches("no time: 1, first .*a.csv:63: time: Total .*"))
        .anyMatch(line -> line.matches("number of columns: 1, first .*a.csv:64: 2 columns .*"));

    Findings skip =
        ask(csv, "target: load", "{by: share, validation: 0.2, test: 0.2}", "  on-error: skip\n");
    assertThat(skip.wrong()).isEmpty();
    assertThat(skip.notes()).contains("replay: 3 of 63 rows are refused");
    assertThat(skip.fine())
        .anyMatch(line -> line.startsWith("replay: 60 observations of 2 keys, each 30 long"))
        .anyMatch(line -> line.contains("one every 1 h"))
        .contains("split: 36 rows train, 12 validate, 12 test");
  }

  @Test
  void a_split_that_leaves_a_part_empty_is_wrong_and_a_key_without_a_test_part_is_said()
      throws IOException {
    String late = "{by: time, validation-from: 2026-01-02, test-from: 2027-01-01}";
    assertThat(ask(rows(60), "target: load", late, "").wrong())
        .anyMatch(
            line ->
                line.contains("0 test (must leave rows to test; the last row is of 2026-01-02T05"));
    String early = rows(60) + "2025-01-01T00:00:00Z,old,1,ok\n";
    String sometimes = "{by: time, validation-from: 2026-01-02, test-from: 2026-01-02T02:00:00Z}";
    assertThat(ask(early, "target: load", sometimes, "").notes())
        .contains("training.split: 1 of 3 keys have no test part ({by: share} divides each key)");
  }

  @Test
  void classes_and_settings_that_the_rows_cannot_meet_are_said() throws IOException {
    String share = "{by: share, validation: 0.2, test: 0.2}";
    String labels = rows(60).replace(",7.5,ok", ",7.5,OK");
    assertThat(ask(labels, "label: state", share, "").notes())
        .anyMatch(line -> line.startsWith("state: 2 classes: ok "))
        .anyMatch(line -> line.startsWith("state: ok, OK look like one class (replay.labels"));
    assertThat(ask(rows(60), "label: state", share, "").wrong())
        .contains("input.label: state: one class (must have two or more)");
    assertThat(ask(rows(6), "target: load", share, "").wrong())
        .contains("model.horizons: 6 (must be less than the longest key's rows, 3)");
    assertThat(ask(rows(60) + rows(60), "target: load", share, "").notes())
        .contains("replay: 0 rows repeat the time of their key's row before, 2 go back, 0 gaps");
  }

  @Test
  void a_lone_value_far_off_and_a_season_or_horizon_out_of_reach_are_said() throws IOException {
    String share = "{by: share, validation: 0.2, test: 0.2}";
    String far = rows(60).replace(",3.5,ok", ",-999,ok");
    assertThat(ask(far, "target: load", share, "").notes())
        .anyMatch(
            line ->
                line.matches(
                    "load: -999 stands in \\d rows, far off the others \\(0.5 to 12.5\\): if it"
                        + " means missing, add it to replay.missing"));
    assertThat(ask(far, "target: load", share, "  missing: [\"-999\"]\n").notes())
        .noneMatch(line -> line.contains("-999"));

    String few = ask(rows(16), "target: load", share, "").wrong().toString();
    assertThat(few)
        .contains(
            "model.horizons: 6 (must be what a key's training part reaches, 3 rows after its first,"
                + " or less)");
    String old = rows(60) + "2025-01-01T00:00:00Z,old,1,ok\n";
    assertThat(ask(old, "target: load", share, "").notes())
        .contains("model.horizons: 6: 1 of 3 keys are too short to be forecast so far ahead");
  }

  @Test
  void a_horizon_that_no_rows_are_apart_is_wrong() throws IOException {
    String share = "{by: share, validation: 0.2, test: 0.2}";
    assertThat(ask(rows(60), "target: load, interval: 40 min", share, "").wrong())
        .isEmpty(); // 4 h are 6 of them
    assertThat(ask(rows(60), "target: load, interval: 4 min", share, "").wrong())
        .containsExactly(
            "model.horizons: 6: no two rows of a key in the training part are 24 min apart (must"
                + " be what rows are, or input.interval be their distance)");
  }

  @Test
  void what_was_seen_is_told_as_data_too() throws IOException {
    Findings findings =
        ask(
            rows(60) + "Total,p0,7,\n",
            "label: state",
            "{by: share, validation: 0.2, test: 0.2}",
            "  on-error: skip\n");
    JsonNode files = new ObjectMapper().valueToTree(findings.data()).get("files");

    assertThat(files.get("rows").asInt()).isEqualTo(60);
    assertThat(files.at("/refused/0/reason").asText()).isEqualTo("no time");
    assertThat(files.at("/refused/0/rows").asInt()).isEqualTo(1);
    assertThat(files.at("/refused/0/first").asText()).contains("a.csv:62: time: Total");
    assertThat(files.get("classes")).hasToString("{\"ok\":60}");
    assertThat(files.get("distanceMillis").asInt()).isEqualTo(3_600_000);
    assertThat(files.get("parts")).hasToString("{\"training\":36,\"validation\":12,\"test\":12}");
    assertThat(files.at("/series/1/key").asText()).isEqualTo("p1");
    assertThat(files.at("/series/1/from").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(files.at("/series/1/training").asInt()).isEqualTo(18);
  }

  @Test
  void the_seasons_that_training_takes_are_said() throws IOException {
    String share = "{by: share, validation: 0.2, test: 0.2}";
    Findings given = ask(rows(400), "target: load", share, "", ", season: [13]");
    assertThat(given.fine()).contains("season of load: 13 rows, as model.season says");
    JsonNode files = new ObjectMapper().valueToTree(given.data()).get("files");
    assertThat(files.get("seasons")).hasToString("{\"load\":[13]}");
    assertThat(ask(rows(400), "target: load", share, "").fine())
        .anyMatch(line -> line.matches("season of load: .*, by itself"));
  }

  private static String rows(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Instant time = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3600L * (i / 2));
      rows.append(time).append(",p").append(i % 2).append(',').append(i % 13).append(".5,ok\n");
    }
    return rows.toString();
  }

  private Findings ask(String rows, String task, String split, String more) throws IOException {
    return ask(rows, task, split, more, "");
  }

  private Findings ask(String rows, String task, String split, String more, String model)
      throws IOException {
    Files.writeString(folder.resolve("a.csv"), "time,pump,load,state\n" + rows);
    Path yaml =
        Files.writeString(
            folder.resolve("a.yaml"),
            "name: a\nstore: models\nkafka: {bootstrap.servers: \"localhost:1\"}\n"
                + "topics: {observations: o, predictions: p, models: m, dead-letters: d}\n"
                + "input: {features: [load], "
                + task
                + "}\nmodel: {horizons: [6]"
                + model
                + "}\ntraining: {split: "
                + split
                + "}\nreplay:\n  files: [a.csv]\n  key: pump\n  time: time\n"
                + more);
    Deployment deployment =
        SettingsBinder.bind(YamlDocument.read(yaml, Map.of()), Deployment.class, ZoneOffset.UTC);
    Findings findings = new Findings();
    findings.ask(new FilesQuestion(deployment, deployment.requireReplay(), true));
    return findings;
  }
}

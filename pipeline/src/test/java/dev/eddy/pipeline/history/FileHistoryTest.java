package dev.eddy.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.settings.Split;
import dev.eddy.model.spec.RawInput;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.settings.Settings;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHistoryTest {
  private static final String ROWS =
      """
      pump,day,load,state
      b,2026-01-02,1,on
      a,2026-01-01,2,off
      b,2026-01-01,,on
      b,2026-01-02,4,
      """;

  @TempDir Path folder;

  @Test
  void groups_keys_by_event_time_or_as_they_arrived() throws IOException {
    assertThat(loads(HistoryOrder.EVENT_TIME)).containsExactly(Double.NaN, 1.0, 4.0);
    assertThat(loads(HistoryOrder.ARRIVAL)).containsExactly(1.0, Double.NaN, 4.0);
  }

  @Test
  void tells_how_much_there_was_and_leaves_nothing_else_behind() throws IOException {
    RecordedHistory recorded = read(ROWS, HistoryOrder.ARRIVAL);

    assertThat(recorded.observations()).isEqualTo(4);
    assertThat(recorded.source()).isEqualTo("file rows.csv");
    assertThat(recorded.newest() - recorded.oldest()).isEqualTo(86_400_000);
    try (History history = History.open(recorded.files(), deployment().input().featureSchema());
        var files = Files.list(folder.resolve("ARRIVAL"))) {
      assertThat(history.keys()).containsExactly("a", "b");
      assertThat(history.read("b").labels()).containsExactly("on", "on", null);
      assertThat(files).containsExactlyInAnyOrderElementsOf(recorded.files());
    }
  }

  @Test
  void takes_every_time_because_no_row_has_a_kafka_timestamp() throws IOException {
    RecordedHistory recorded = read(ROWS + "a,2999-01-01,1,on\n", HistoryOrder.ARRIVAL);

    assertThat(recorded.observations()).isEqualTo(5);
    assertThat(recorded.deadLetters()).isZero();
    assertThat(recorded.newest()).isEqualTo(Instant.parse("2999-01-01T00:00:00Z").toEpochMilli());
  }

  @Test
  void refuses_files_without_observations_in_one_line() {
    assertThatThrownBy(() -> read("pump,day,load,state\n", HistoryOrder.ARRIVAL))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("replay.files: no observations in ");
  }

  private List<Double> loads(HistoryOrder order) throws IOException {
    RecordedHistory recorded = read(ROWS, order);
    try (History history = History.open(recorded.files(), deployment().input().featureSchema())) {
      KeyHistory of = history.read("b");
      return of.inputs().stream().map(RawInput::numeric).map(numeric -> numeric[0]).toList();
    }
  }

  private RecordedHistory read(String rows, HistoryOrder order) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), rows);
    return FileHistory.read(deployment(), folder.resolve(order.toString()), order, progress -> {});
  }

  private Deployment deployment() {
    ReplaySettings replay =
        ReplaySettings.of(
            List.of(folder.resolve("rows.csv")), KeySettings.of("pump"), TimeSettings.of("day"));
    return Settings.with(
        TestDeployment.of(
            "files",
            folder,
            Map.of("bootstrap.servers", "localhost:1"),
            TopicSettings.named("files"),
            Map.of("features", List.of("load"), "label", Optional.of("state")),
            new Split.ByLast(1, 1)),
        Map.of("replay", Optional.of(replay)));
  }
}

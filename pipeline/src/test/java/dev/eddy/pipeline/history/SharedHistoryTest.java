package dev.eddy.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.file.Replay;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.connectors.serde.json.PredictionJsonReader;
import dev.eddy.connectors.shared.SharedReplay;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.settings.Split;
import dev.eddy.model.spec.RawInput;
import dev.eddy.pipeline.backtest.BacktestJob;
import dev.eddy.pipeline.backtest.BacktestSettings;
import dev.eddy.pipeline.backtest.BacktestTimeline;
import dev.eddy.pipeline.backtest.ScoredOrigins;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.deployment.FutureSettings;
import dev.eddy.pipeline.deployment.SharedSettings;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.pipeline.shared.SharedFeatures;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.pipeline.stream.TestCluster;
import dev.eddy.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for all keys is the same in files, in topics and in the stream. */
class SharedHistoryTest {
  private static final Configuration FLINK =
      Configuration.fromMap(Map.of("parallelism.default", "2"));
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int HOURS = 60;

  private static EmbeddedKafka kafka;
  private static EmbeddedFlink flink;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    flink = EmbeddedFlink.start(FLINK);
  }

  @AfterAll
  static void stop() throws Exception {
    flink.close();
    kafka.close();
  }

  /** Hours of two keys, and a wind that changes every four; the files hold both. */
  private Deployment deployment(String name, boolean ahead) throws Exception {
    StringBuilder loads = new StringBuilder("key,time,load\n");
    StringBuilder winds = new StringBuilder("time,wind\n");
    for (int hour = 0; hour < HOURS; hour++) {
      Instant time = BEGIN.plus(Duration.ofHours(hour));
      for (String key : List.of("a", "b")) {
        loads.append(key + "," + time + "," + (hour % 7 + (key.equals("a") ? 0 : 3)) + "\n");
      }
      if (hour % 4 == 1) {
        winds.append(time + "," + hour % 11 + "\n");
      }
    }
    Path loadFile = Files.writeString(folder.resolve("loads.csv"), loads);
    Path windFile = Files.writeString(folder.resolve("winds.csv"), winds);
    Map<String, Object> input = new HashMap<>();
    input.put("features", List.of("load", "wind"));
    input.put("target", List.of("load"));
    input.put("interval", Optional.of(Duration.ofHours(1)));
    input.put(
        "shared",
        Optional.of(
            Settings.of(
                SharedSettings.class,
                Map.of("topic", name + "-shared", "features", List.of("wind")))));
    if (ahead) {
      input.put(
          "future",
          Optional.of(Settings.of(FutureSettings.class, Map.of("features", List.of("wind")))));
    }
    ReplaySettings replay =
        Settings.with(
            ReplaySettings.of(List.of(loadFile), KeySettings.of("key"), TimeSettings.of("time")),
            Map.of("shared-files", List.of(windFile)));
    Deployment deployment =
        TestDeployment.of(
            TestModels.NAME,
            folder.resolve("nothing"),
            kafka.client(),
            TopicSettings.named(name),
            input,
            new Split.ByLast(10, 3));
    return Settings.with(deployment, Map.of("replay", Optional.of(replay)));
  }

  private static void replay(Deployment deployment) {
    DeploymentTopics.create(deployment);
    SharedFeatures from = deployment.sharedFeatures().orElseThrow();
    long sent =
        SharedReplay.send(
            deployment.kafka(),
            from.topic(),
            deployment.requireReplay(),
            from.records(),
            line -> {});
    assertThat(sent).isEqualTo(HOURS / 4);
    try (ObservationPublisher publisher =
        new ObservationPublisher(
            deployment.kafka(),
            deployment.topics().observations(),
            deployment.observationSchema(),
            line -> {})) {
      new Replay(deployment.requireReplay(), publisher::send, progress -> {})
          .run(deployment.observationSchema());
      publisher.flush();
    }
  }

  private List<String> rows(Deployment deployment, RecordedHistory recorded) throws Exception {
    List<String> rows = new ArrayList<>();
    try (History history = History.open(recorded.files(), deployment.input().featureSchema())) {
      for (String key : List.of("a", "b")) {
        KeyHistory of = history.read(key);
        for (RawInput each : of.inputs()) {
          rows.add(
              key
                  + each.time()
                  + Arrays.toString(each.numeric())
                  + Arrays.toString(each.future().when())
                  + Arrays.toString(each.future().values()));
        }
      }
    }
    return rows;
  }

  @Test
  void files_and_topics_hold_the_same_of_each_observation() throws Exception {
    for (boolean ahead : List.of(false, true)) {
      Deployment deployment = deployment("same-" + ahead, ahead);
      replay(deployment);
      List<String> ofFiles =
          rows(
              deployment,
              FileHistory.read(
                  deployment, folder.resolve("f" + ahead), HistoryOrder.EVENT_TIME, told -> {}));
      List<String> ofTopics =
          rows(
              deployment,
              TopicHistory.read(
                  flink.environment(FLINK),
                  deployment,
                  folder.resolve("t" + ahead),
                  HistoryOrder.EVENT_TIME));

      assertThat(ofTopics).isEqualTo(ofFiles).hasSize(2 * HOURS);
      assertThat(ofFiles.get(0)).contains("[0.0, NaN]");
      assertThat(ofFiles.get(6)).contains("[6.0, 5.0]");
    }
  }

  @Test
  void a_backtest_equals_the_stream_bit_for_bit() throws Exception {
    Path store = folder.resolve("store");
    Deployment deployment =
        deployment("backtested", false).on(kafka.bootstrapServers(), store.toString(), Map.of());
    replay(deployment);
    TestModels models = new TestModels(store);
    TestDeployment topics = TestDeployment.named(kafka.client(), "backtested");
    topics.announce(models.announce(models.publish(1)));
    try (TestCluster cluster = TestCluster.start(1, 2)) {
      cluster.run(
          PredictJobSettings.of(deployment, true),
          TestCluster.settings(folder.resolve("chk"), 2, "hashmap"));
    }

    Map<String, List<String>> streamed = new TreeMap<>();
    PredictionJsonReader json = new PredictionJsonReader();
    topics
        .predictions()
        .forEach(
            (key, values) ->
                values.forEach(
                    value ->
                        add(streamed, key, json.read(value.getBytes(StandardCharsets.UTF_8)))));
    Map<String, List<String>> offline = new TreeMap<>();
    RecordedHistory recorded =
        TopicHistory.read(
            flink.environment(FLINK), deployment, folder.resolve("h"), HistoryOrder.ARRIVAL);
    try (History history = History.open(recorded.files(), deployment.input().featureSchema());
        BacktestJob job =
            new BacktestJob(
                deployment,
                new BacktestSettings(
                    ScoredOrigins.EVERY, 0, Optional.of(Instant.EPOCH), Optional.empty()),
                history,
                BacktestTimeline.announced(deployment))) {
      for (String key : job.keys()) {
        job.run(key, listener(offline));
      }
    }

    assertThat(offline).isEqualTo(streamed);
    assertThat(offline.get("a")).hasSize(HOURS);
  }

  private static BacktestJob.Listener listener(Map<String, List<String>> into) {
    return new BacktestJob.Listener() {
      @Override
      public void stepped(
          Observation observation,
          @Nullable Prediction prediction,
          boolean origin,
          boolean scored) {
        add(into, observation.key(), prediction);
      }

      @Override
      public void ended(String key) {}
    };
  }

  private static void add(
      Map<String, List<String>> into, String key, @Nullable Prediction prediction) {
    into.computeIfAbsent(key, unknown -> new ArrayList<>())
        .add(
            prediction == null ? "none" : prediction.time() + Arrays.toString(prediction.values()));
  }
}

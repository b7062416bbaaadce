package dev.eddy.pipeline.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.connectors.serde.json.PredictionJsonReader;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.settings.Split;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.history.TopicHistory;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.pipeline.stream.TestCluster;
import dev.eddy.pipeline.version.store.TrustedStores;
import dev.eddy.settings.UserMistake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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

/** The stream's own predictions, without the stream. */
class BacktestJobTest {
  private static final int KEYS = 12;
  private static final int ROUNDS = 80; // observations of each key, ten milliseconds apart
  private static final Configuration FLINK =
      Configuration.fromMap(Map.of("parallelism.default", "2"));

  private static EmbeddedKafka kafka;
  private static EmbeddedFlink flink;
  private static TestCluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    flink = EmbeddedFlink.start(FLINK);
    cluster = TestCluster.start(2, 1);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    flink.close();
    kafka.close();
  }

  @Test
  void equals_the_stream_bit_for_bit_with_swaps_late_observations_and_clocks_set_back()
      throws Exception {
    TestModels models = new TestModels(folder.resolve("store"));
    TestDeployment topics = TestDeployment.named(kafka.client(), "backtest");
    topics.announce(models.announce(models.publish(1)));
    topics.announce(models.announce(models.publish(2), 415, "carry"));
    topics.announce(models.announce(models.publish(3), 605, "reset"));
    topics.observe(history(true));
    cluster.run(topics.settings(true), TestCluster.settings(folder.resolve("chk"), 2, "hashmap"));

    Map<String, List<String>> offline = new TreeMap<>();
    Deployment deployment = deployment(topics.topics());
    RecordedHistory recorded =
        TopicHistory.read(
            flink.environment(FLINK), deployment, folder.resolve("h"), HistoryOrder.ARRIVAL);
    long refused =
        run(
            deployment,
            new BacktestSettings(
                ScoredOrigins.EVERY, 0, Optional.of(Instant.EPOCH), Optional.empty()),
            recorded,
            (observation, prediction, origin, scored) ->
                offline
                    .computeIfAbsent(observation.key(), unknown -> new ArrayList<>())
                    .add(bits(observation.time(), prediction)));

    PredictionJsonReader json = new PredictionJsonReader();
    Map<String, List<String>> streamed = new TreeMap<>();
    topics
        .predictions()
        .forEach(
            (key, values) -> {
              List<String> ofKey = new ArrayList<>();
              for (String value : values) {
                Prediction prediction = json.read(value.getBytes(StandardCharsets.UTF_8));
                ofKey.add(bits(prediction.time(), prediction));
              }
              streamed.put(key, ofKey);
            });
    assertThat(topics.deadLetters()).hasSize(3 * KEYS);
    assertThat(refused).isEqualTo(3 * KEYS);
    assertThat(streamed).hasSize(KEYS);
    assertThat(streamed.toString()).contains("test@1", "test@2", "test@3");
    assertThat(offline).isEqualTo(streamed);
  }

  @Test
  void scores_the_last_origin_before_the_test_part_or_every_one_after_the_warm_up()
      throws Exception {
    TestModels models = new TestModels(folder.resolve("store"));
    TestDeployment topics = TestDeployment.named(kafka.client(), "origins");
    topics.announce(models.announce(models.publish(1)));
    topics.observe(history(false));
    Deployment deployment = deployment(topics.topics());
    RecordedHistory recorded =
        TopicHistory.read(
            flink.environment(FLINK), deployment, folder.resolve("h"), HistoryOrder.ARRIVAL);
    Optional<Instant> none = Optional.empty();

    // The test part is each key's last three observations, at 770, 780 and 790.
    List<Long> origins = new ArrayList<>();
    List<Long> scored = new ArrayList<>();
    BacktestJob.Listener gather =
        listener(
            (observation, prediction, origin, inPeriod) -> {
              if (observation.key().equals("key 3")) {
                (origin ? origins : new ArrayList<Long>()).add(observation.time());
                (inPeriod ? scored : new ArrayList<Long>()).add(observation.time());
              }
            });
    run(deployment, new BacktestSettings(ScoredOrigins.LAST, 0, none, none), recorded, gather);
    assertThat(origins).containsExactly(760L);
    assertThat(scored).containsExactly(770L, 780L, 790L);

    origins.clear();
    scored.clear();
    Optional<Instant> to = Optional.of(Instant.ofEpochMilli(40));
    run(deployment, new BacktestSettings(ScoredOrigins.EVERY, 2, none, to), recorded, gather);
    assertThat(origins).hasSize(ROUNDS - 2).startsWith(20L, 30L);
    assertThat(scored).containsExactly(20L, 30L);
  }

  @Test
  void a_timeline_without_a_version_that_can_serve_is_the_users_to_mend() throws Exception {
    TestDeployment topics = TestDeployment.named(kafka.client(), "unserved");
    Deployment deployment = deployment(topics.topics());

    assertThatThrownBy(() -> BacktestTimeline.announced(deployment))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("model test: none announced on topic unserved-models");
    assertThatThrownBy(() -> BacktestTimeline.newest(deployment))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("model test: no version in ");
  }

  private interface Stepped {
    void stepped(
        Observation observation, @Nullable Prediction prediction, boolean origin, boolean scored);
  }

  private static BacktestJob.Listener listener(Stepped stepped) {
    return new BacktestJob.Listener() {
      @Override
      public void stepped(
          Observation observation,
          @Nullable Prediction prediction,
          boolean origin,
          boolean scored) {
        stepped.stepped(observation, prediction, origin, scored);
      }

      @Override
      public void ended(String key) {}
    };
  }

  private static long run(
      Deployment deployment, BacktestSettings settings, RecordedHistory recorded, Stepped stepped)
      throws Exception {
    return run(deployment, settings, recorded, listener(stepped));
  }

  private static long run(
      Deployment deployment,
      BacktestSettings settings,
      RecordedHistory recorded,
      BacktestJob.Listener listener)
      throws Exception {
    try (History history = History.open(recorded.files(), deployment.input().featureSchema());
        BacktestJob job =
            new BacktestJob(
                deployment,
                settings,
                history,
                BacktestTimeline.announced(deployment),
                TrustedStores.asAnnounced())) {
      for (String key : job.keys()) {
        job.run(key, listener);
      }
      return job.refused();
    }
  }

  private static String bits(long time, @Nullable Prediction prediction) {
    StringBuilder text = new StringBuilder().append(time);
    if (prediction != null) {
      text.append(' ').append(prediction.shape().model());
      for (double value : prediction.values()) {
        text.append(' ').append(Long.toHexString(Double.doubleToRawLongBits(value)));
      }
    }
    return text.toString();
  }

  /**
   * Each key once a round; in the middle each says something of long ago.
   *
   * @param ahead whether each also says something of the future, in which another version serves,
   *     and so is late in two rounds
   */
  private static List<Observation> history(boolean ahead) {
    List<Observation> observations = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (int key = 0; key < KEYS; key++) {
        observations.add(TestModels.recorded("key " + key, 10L * round, 0, 10L * round + 1));
        if (ahead && round == ROUNDS / 4) {
          observations.add(TestModels.recorded("key " + key, 510, 0, 10L * round + 2));
        }
        if (round == ROUNDS / 2) {
          observations.add(TestModels.recorded("key " + key, 15, 0, 10L * round + 3));
        }
      }
    }
    return observations;
  }

  private Deployment deployment(TopicSettings topics) {
    return TestDeployment.of(
        TestModels.NAME,
        folder.resolve("nothing"),
        kafka.client(),
        topics,
        Map.of("features", TestModels.SCHEMA.numeric(), "target", List.of("load")),
        new Split.ByLast(10, 3));
  }
}

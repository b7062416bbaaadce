package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.evaluation.DriftSettings;
import dev.eddy.pipeline.evaluation.EvaluationSettings;
import dev.eddy.pipeline.evaluation.report.EvaluationJson;
import dev.eddy.pipeline.evaluation.report.EvaluationRecord;
import dev.eddy.pipeline.evaluation.report.ForecastOnline;
import dev.eddy.pipeline.evaluation.report.Scores;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.settings.UserMistake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** From Kafka to the evaluations topic. */
class EvaluatedStreamTest {
  private static final int KEYS = 10;
  private static final int ROUNDS = 350; // of 10 ms
  private static final List<String> LABELS = List.of("calm", "storm");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static EmbeddedKafka kafka;
  private static TestCluster cluster;

  @TempDir Path directory;
  private TestModels models;
  private TestDeployment deployment;
  private String name;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    cluster = TestCluster.start(2, 1);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    kafka.close();
  }

  @BeforeEach
  void deploy(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    models = new TestModels(directory.resolve("store"));
    deployment = TestDeployment.named(kafka.client(), name);
    deployment.announce(models.announce(models.publish(1)));
    deployment.announce(models.announce(models.publish(2), 1700, "carry"));
  }

  @AfterEach
  void undeploy() throws Exception {
    cluster.cancelAll();
  }

  @Test
  void windows_are_the_same_whoever_scores() throws Exception {
    deployment.observe(TestModels.rounds(KEYS, 0, ROUNDS));
    cluster.run(evaluating(deployment, "one", true), flink("one", 1, "hashmap"));
    TestDeployment twin = deployment.twin();
    cluster.run(evaluating(twin, "two", true), flink("two", 2, "rocksdb"));

    List<Scores> scores = scores("one");
    assertThat(scores)
        .extracting(each -> each.model() + " from " + each.from())
        .containsExactly(
            "test@1 from 0",
            "test@1 from 1000",
            "test@2 from 1000",
            "test@2 from 2000",
            "test@2 from 3000");
    assertThat(scores.stream().mapToLong(Scores::predictions).sum())
        .isEqualTo((long) KEYS * ROUNDS);
    assertThat(counted(scores, 1)).isEqualTo((long) KEYS * (ROUNDS - 1));
    assertThat(counted(scores, 3)).isEqualTo((long) KEYS * (ROUNDS - 3));
    assertThat(scores).allSatisfy(each -> assertThat(each.late()).isZero());
    assertThat(values("two")).isEqualTo(values("one"));
    assertThat(twin.predictions()).isEqualTo(deployment.predictions());
  }

  @Test
  void a_task_manager_killed_in_mid_window_leaves_no_trace() throws Exception {
    JobID job =
        cluster.submit(evaluating(deployment, "killed", false), flink("killed", 2, "hashmap"));
    deployment.observe(TestModels.rounds(KEYS, 0, 150));
    await().atMost(PATIENCE).until(() -> deployment.committed() == 150 * KEYS);
    deployment.observe(TestModels.rounds(KEYS, 150, 170));
    cluster.killTaskManager(0);
    cluster.startTaskManager();
    deployment.observe(TestModels.rounds(KEYS, 170, ROUNDS));
    await().atMost(PATIENCE).until(() -> deployment.committed() == ROUNDS * KEYS);
    await().atMost(PATIENCE).until(() -> scores("killed").size() >= 4);
    cluster.cancel(job);

    TestDeployment twin = deployment.twin();
    cluster.run(evaluating(twin, "whole", true), flink("whole", 2, "hashmap"));
    List<String> whole = values("whole");
    assertThat(values("killed")).isEqualTo(whole.subList(0, whole.size() - 1)); // the last is open
  }

  @Test
  void a_savepoint_is_resumed_with_evaluation_switched_on_and_off() throws Exception {
    JobID plain = cluster.submit(deployment.settings(false), flink("first", 2, "rocksdb"));
    deployment.observe(TestModels.rounds(KEYS, 0, 50));
    await().atMost(PATIENCE).until(() -> deployment.committed() == 50 * KEYS);
    Configuration on = flink("second", 2, "rocksdb");
    on.set(StateRecoveryOptions.SAVEPOINT_PATH, cluster.stop(plain, directory.resolve("off")));
    JobID evaluated = cluster.submit(evaluating(deployment, "switched", false), on);
    deployment.observe(TestModels.rounds(KEYS, 50, 250));
    await().atMost(PATIENCE).until(() -> deployment.committed() == 250 * KEYS);
    await().atMost(PATIENCE).until(() -> !scores("switched").isEmpty());
    Configuration off = flink("third", 2, "rocksdb");
    off.set(StateRecoveryOptions.SAVEPOINT_PATH, cluster.stop(evaluated, directory.resolve("on")));
    off.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    cluster.submit(deployment.settings(false), off);
    deployment.observe(TestModels.rounds(KEYS, 250, ROUNDS));
    await().atMost(PATIENCE).until(() -> deployment.committed() == ROUNDS * KEYS);

    // The first that was evaluated is of round 50.
    Scores first = scores("switched").get(0);
    assertThat(first.predictions()).isEqualTo(50L * KEYS);
    assertThat(counted(List.of(first), 1)).isEqualTo(49L * KEYS);
  }

  @Test
  void classes_are_scored_by_labels_that_come_on_a_topic_of_their_own() throws Exception {
    TestDeployment classes = TestDeployment.named(kafka.client(), "classes");
    classes.announce(models.announce(models.publish(TestModels.classes(LABELS), 3)));
    classes.observe(TestModels.rounds(KEYS, 0, 20));
    TestDeployment told = labels(classes, 2);
    label(told, 0, 15);
    told.observeRaw("key 1", "no label");
    cluster.run(
        labelled(evaluating(classes, "classes", true), told, Duration.ofDays(1)),
        flink("classes", 2, "rocksdb"));

    Scores scores = scores("classes").get(0);
    assertThat(scores.predictions()).isEqualTo(20L * KEYS);
    assertThat(scores.classes().orElseThrow().labels().get("calm").occurred()).isEqualTo(15);
    assertThat(classes.deadLetters()).hasSize(1);
  }

  @Test
  void a_prediction_without_a_label_counts_in_the_window_in_which_it_was_made() throws Exception {
    TestDeployment classes = TestDeployment.named(kafka.client(), "unlabelled");
    classes.announce(models.announce(models.publish(TestModels.classes(LABELS), 3)));
    TestDeployment told = labels(classes, 1);
    cluster.submit(
        labelled(evaluating(classes, "waiting", false), told, Duration.ofSeconds(10)),
        flink("waiting", 1, "hashmap"));
    label(told, 0, 200);
    classes.observe(TestModels.rounds(KEYS, 0, 150));
    await().atMost(PATIENCE).until(() -> classes.committed() == 150 * KEYS);
    classes.observe(TestModels.rounds(KEYS, 150, 200)); // event time is past the first window
    await().atMost(PATIENCE).until(() -> classes.committed() == 200 * KEYS);
    label(told, 1400, 1450); // and past the time that a prediction waits
    classes.observe(TestModels.rounds(KEYS, 1400, 1450));
    await().atMost(PATIENCE).until(() -> !scores("waiting").isEmpty());

    Scores first = scores("waiting").get(0);
    assertThat(first.from()).isZero();
    assertThat(first.predictions()).isEqualTo(100L * KEYS);
    assertThat(first.classes().orElseThrow().count()).isEqualTo(100);
  }

  @Test
  void windows_stay_open_longer_by_as_long_as_predictions_wait_for_labels() {
    PredictJobSettings plain = evaluating(deployment, "plain", false);

    assertThat(lateness(plain)).isEqualTo("PT0S");
    assertThat(lateness(labelled(plain, deployment, Duration.ofHours(2)))).isEqualTo("PT2H");
  }

  @Test
  void windows_are_written_once_even_where_predictions_may_repeat() throws Exception {
    deployment.observe(TestModels.rounds(KEYS, 0, ROUNDS));
    PredictJobSettings settings = evaluating(deployment.atLeastOnce(), "once");
    cluster.submit(settings, flink("once", 1, "hashmap"));

    await().atMost(PATIENCE).until(() -> !scores("once").isEmpty());
    // A commit takes an offset of its own.
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(end("once")).isGreaterThan(records("once").size()));
  }

  private long end(String topic) throws Exception {
    TopicPartition partition = new TopicPartition(name + topic, 0);
    try (Admin admin = Admin.create(new HashMap<>(kafka.client()))) {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get()
          .offset();
    }
  }

  @Test
  void windows_need_checkpoints_that_count_once_even_where_predictions_do_not() {
    PredictJobSettings settings = evaluating(deployment.atLeastOnce(), "twice");
    Configuration twice =
        Configuration.fromMap(Map.of("execution.checkpointing.mode", "AT_LEAST_ONCE"));

    assertThatThrownBy(
            () ->
                PredictJob.build(
                    StreamExecutionEnvironment.getExecutionEnvironment(twice), settings))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith(
            "flink.execution.checkpointing.mode: AT_LEAST_ONCE (must be EXACTLY_ONCE:"
                + " topics.evaluations is given");
  }

  private static String lateness(PredictJobSettings settings) {
    return EvaluatedStream.windows(settings.evaluation().orElseThrow()).lateness().toString();
  }

  /** Observations of its topic are labels of {@code of}. */
  private static TestDeployment labels(TestDeployment of, int partitions) {
    String topic = of.topics().observations() + "-labels";
    try (Topics admin = Topics.connect(kafka.client())) {
      admin.create(topic, partitions);
    }
    return of.with(new TopicSettings(topic, "unused-p", "unused-m", "unused-d", 1));
  }

  private static void label(TestDeployment told, int from, int to) {
    for (int round = from; round < to; round++) {
      String record = "{\"key\":\"key 1\",\"time\":" + 10 * round + ",\"state\":\"calm\"}";
      told.observeRaw("key 1", record);
    }
  }

  private static PredictJobSettings labelled(
      PredictJobSettings plain, TestDeployment told, Duration wait) {
    JobEvaluation given = plain.evaluation().orElseThrow();
    EvaluationSettings windows = given.settings();
    JobEvaluation.Labels labels =
        new JobEvaluation.Labels(
            told.topics().observations(), new ObservationSchema(List.of(), List.of(), "state"));
    return with(
        plain,
        new JobEvaluation(
            given.topic(),
            new EvaluationSettings(windows.window(), windows.lateness(), wait, windows.drift()),
            List.of(),
            Optional.of(labels)));
  }

  private Configuration flink(String run, int parallelism, String backend) {
    return TestCluster.settings(directory.resolve(run), parallelism, backend);
  }

  private PredictJobSettings evaluating(TestDeployment of, String topic, boolean bounded) {
    return evaluating(of.settings(bounded), topic);
  }

  private PredictJobSettings evaluating(PredictJobSettings plain, String topic) {
    try (Topics admin = Topics.connect(kafka.client())) {
      admin.create(name + topic, 1);
    }
    EvaluationSettings windows =
        new EvaluationSettings(
            Duration.ofSeconds(1),
            Duration.ZERO,
            Duration.ofDays(1),
            new DriftSettings(10, .5, 24, 1));
    return with(plain, new JobEvaluation(name + topic, windows, List.of("load"), Optional.empty()));
  }

  private static PredictJobSettings with(PredictJobSettings plain, JobEvaluation evaluation) {
    return new PredictJobSettings(
        plain.name(),
        plain.model(),
        plain.stores(),
        plain.kafka(),
        plain.topics(),
        plain.schema(),
        plain.maxAhead(),
        plain.orderWithin(),
        plain.shared(),
        plain.serving(),
        plain.output(),
        Optional.of(evaluation),
        plain.bounded());
  }

  private static long counted(List<Scores> scores, int horizon) {
    return scores.stream()
        .flatMap(each -> each.forecasts().stream())
        .filter(each -> each.horizon() == horizon)
        .mapToLong(ForecastOnline::count)
        .sum();
  }

  private List<String> values(String topic) {
    return records(topic).stream()
        .map(each -> new String(each.value(), StandardCharsets.UTF_8))
        .collect(Collectors.toList());
  }

  private List<Scores> scores(String topic) {
    List<Scores> scores = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : records(topic)) {
      EvaluationRecord record = EvaluationJson.read(each.value()).orElseThrow();
      if (record instanceof Scores of) {
        scores.add(of);
      }
    }
    return scores;
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    try (TopicReader reader = TopicReader.open(kafka.client(), name + topic)) {
      return reader.readToEnd(PATIENCE);
    }
  }
}

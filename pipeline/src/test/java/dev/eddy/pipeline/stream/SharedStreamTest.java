package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.connectors.shared.SharedRecords;
import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.pipeline.shared.SharedFeatures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The streaming job with a shared topic predicts as it would if each observation had brought what
 * the topic holds of its time: the wind, which holds for all keys.
 */
class SharedStreamTest {
  private static final int KEYS = 6;
  private static final int ROUNDS = 60;
  private static final int INTERVAL = 10; // ms, of rounds
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int REACH = 3;
  private static final FutureFields AHEAD = new FutureFields(List.of("wind"), REACH, INTERVAL);
  private static final ObservationSchema SCHEMA = schema(FutureFields.NONE);

  private static EmbeddedKafka kafka;
  private static TestCluster cluster;

  @TempDir Path directory;
  private TestModels models;
  private TestDeployment deployment; // whose observations lack the wind
  private TestDeployment whole; // whose observations bring it
  private TestDeployment shared; // whose "observations" are the shared topic

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    cluster = TestCluster.start(2, 2);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    kafka.close();
  }

  @BeforeEach
  void deploy(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    models = new TestModels(directory.resolve("store"));
    deployment = TestDeployment.named(kafka.client(), name);
    whole = TestDeployment.named(kafka.client(), "whole-" + name);
    TopicSettings topics = deployment.topics();
    shared =
        deployment.with(
            new TopicSettings(
                name + "-shared", topics.predictions(), topics.models(), topics.deadLetters(), 1));
    try (Topics admin = Topics.connect(kafka.client())) {
      admin.create(name + "-shared", 1);
    }
  }

  @AfterEach
  void undeploy() throws Exception {
    cluster.cancelAll();
  }

  private static ObservationSchema schema(FutureFields future) {
    return new ObservationSchema(
        List.of("load", "wind"), List.of(), null, future, RecordLayout.PLAIN, List.of("wind"));
  }

  private PredictJobSettings settings(
      TestDeployment of, ObservationSchema schema, Duration await, boolean bounded) {
    PredictJobSettings plain = of.settings(bounded);
    String topic = shared.topics().observations();
    SharedFeatures features =
        new SharedFeatures(
            topic,
            SharedRecords.schema(List.of("wind"), Map.of(), schema),
            schema,
            Duration.ofDays(1),
            Duration.ZERO,
            await,
            Duration.ofDays(1));
    return new PredictJobSettings(
        plain.name(),
        plain.model(),
        plain.stores(),
        plain.kafka(),
        plain.topics(),
        schema,
        plain.maxAhead(),
        Duration.ZERO,
        of == whole ? Optional.empty() : Optional.of(features),
        plain.serving(),
        plain.output(),
        bounded);
  }

  private Configuration flink(String name, int parallelism, String backend) {
    return TestCluster.settings(directory.resolve(name), parallelism, backend);
  }

  /** Both deployments serve it. */
  private void serve(ModelSpec spec) {
    var published = models.publish(spec, 1);
    deployment.announce(models.announce(published));
    whole.announce(models.announce(published));
  }

  private static ModelSpec plain() {
    return TestModels.spec(CellType.SRU, 2, 8, List.of("load", "wind"));
  }

  /** The wind is told three intervals ahead. */
  private static ModelSpec knowingAhead() {
    ModelSpec spec = plain();
    InputEncoding without = spec.input();
    InputEncoding input =
        new InputEncoding(
            without.numeric(),
            without.categorical(),
            without.calendar(),
            without.zone(),
            Optional.of(Duration.ofMillis(INTERVAL)),
            without.typicalGap(),
            without.targets(),
            without.deviationSpans(),
            without.statics(),
            Optional.of(new InputEncoding.Future(List.of("wind"), REACH, List.of(1, 3))));
    NetworkShape network =
        new NetworkShape(
            spec.network().cell(),
            InputEncoder.inputSize(input, spec.head()),
            spec.network().hiddenSize(),
            spec.network().layers(),
            spec.head().outputSize());
    return new ModelSpec(network, input, spec.head());
  }

  /** Observations whose wind is what a function of their time says; NaN: none. */
  private static List<Observation> rounds(int from, int to, LongFunction<Double> wind) {
    return TestModels.rounds(KEYS, from, to).stream()
        .map(
            each ->
                new Observation(
                    each.key(),
                    each.time(),
                    new double[] {each.numeric()[0], wind.apply(each.time())},
                    each.categories(),
                    null,
                    0,
                    0))
        .toList();
  }

  private static List<Observation> lacking(int from, int to) {
    return rounds(from, to, time -> Double.NaN);
  }

  private void share(long time, double wind) {
    shared.observeRaw("", "{\"time\":" + time + ",\"wind\":" + wind + "}");
  }

  /** The wind changes every 35 ms. */
  private static double windAt(long time) {
    return time < 5 ? Double.NaN : 5.0 + new Random((time - 5) / 35).nextInt(20);
  }

  /** All of it up to a time. */
  private void shareUntil(long end) {
    for (long time = 5; time <= end; time += 35) {
      share(time, windAt(time));
    }
  }

  private void assertAsIfEachHadBroughtIt() throws Exception {
    cluster.run(
        settings(whole, SCHEMA, Duration.ZERO, true), flink("whole checkpoints", 1, "hashmap"));
    assertThat(deployment.predictions()).isEqualTo(whole.predictions());
  }

  private void awaitCommitted(int predictions) {
    await().atMost(PATIENCE).until(() -> deployment.committed() >= predictions);
  }

  @Test
  void each_observation_sees_the_newest_value_of_its_time_at_any_parallelism() throws Exception {
    serve(plain());
    shareUntil(ROUNDS * INTERVAL);
    deployment.observe(lacking(0, ROUNDS));
    whole.observe(rounds(0, ROUNDS, SharedStreamTest::windAt));
    TestDeployment twin = deployment.twin();

    cluster.run(settings(deployment, SCHEMA, LONG, true), flink("one", 1, "hashmap"));
    cluster.run(settings(twin, SCHEMA, LONG, true), flink("four", 4, "rocksdb"));

    assertAsIfEachHadBroughtIt();
    assertThat(twin.predictions()).isEqualTo(deployment.predictions());
    assertThat(deployment.predictions().values()).allSatisfy(of -> assertThat(of).hasSize(ROUNDS));
    assertThat(deployment.deadLetters()).isEmpty();
  }

  @Test
  void what_is_told_ahead_is_known_from_when_it_was_told() throws Exception {
    ObservationSchema schema = schema(AHEAD);
    serve(knowingAhead());
    // Each round tells the next three; every fifth one corrects what was told of the next.
    for (int round = 0; round < ROUNDS; round++) {
      long time = (long) round * INTERVAL;
      StringBuilder entries = new StringBuilder();
      for (int ahead = 1; ahead <= REACH; ahead++) {
        entries.append(ahead == 1 ? "" : ",").append(entry(time, ahead));
      }
      shared.observeRaw("", "{\"time\":" + time + ",\"future\":[" + entries + "]}");
    }
    deployment.observe(lacking(0, ROUNDS));
    List<Observation> telling = new ArrayList<>();
    for (Observation each : lacking(0, ROUNDS)) {
      telling.add(each.withFuture(told(each.time())));
    }
    writeWhole(telling, schema);

    cluster.run(settings(deployment, schema, LONG, true), flink("chk", 2, "hashmap"));
    cluster.run(settings(whole, schema, LONG, true), flink("whole", 1, "hashmap"));

    assertThat(deployment.predictions()).isEqualTo(whole.predictions());
  }

  private static double told(long time, int ahead) {
    return new Random(time / INTERVAL + ahead).nextInt(20) + (time % 50 == 0 && ahead == 1 ? 9 : 0);
  }

  private static String entry(long time, int ahead) {
    return "{\"time\":" + (time + (long) ahead * INTERVAL) + ",\"wind\":" + told(time, ahead) + "}";
  }

  private static FutureValues told(long time) {
    FutureValues values = new FutureValues(new long[REACH], new int[] {1, 1, 1}, new double[REACH]);
    for (int ahead = 1; ahead <= REACH; ahead++) {
      values.when()[ahead - 1] = time + (long) ahead * INTERVAL;
      values.values()[ahead - 1] = told(time, ahead);
    }
    return values;
  }

  private void writeWhole(List<Observation> observations, ObservationSchema schema) {
    var writer = new dev.eddy.connectors.serde.json.ObservationJsonWriter(schema);
    observations.forEach(
        each ->
            whole.observeRaw(each.key(), new String(writer.write(each), StandardCharsets.UTF_8)));
  }

  @Test
  void what_comes_after_its_observations_is_waited_for() throws Exception {
    serve(plain());
    JobID job = cluster.submit(settings(deployment, SCHEMA, LONG, false), flink("c", 2, "hashmap"));
    deployment.observe(lacking(0, ROUNDS));
    await()
        .atMost(PATIENCE)
        .until(() -> cluster.counted(job, "eddy.shared-waited") == ROUNDS * KEYS);
    assertThat(deployment.written()).isZero();

    shareUntil(ROUNDS * INTERVAL);
    share(ROUNDS * INTERVAL + 5, 1);
    awaitCommitted(ROUNDS * KEYS);
    assertThat(cluster.counted(job, "eddy.shared-late")).isZero();
    assertThat(cluster.counted(job, "eddy.shared-waited-in-vain")).isZero();
    cluster.cancel(job);

    whole.observe(rounds(0, ROUNDS, SharedStreamTest::windAt));
    assertAsIfEachHadBroughtIt();
  }

  @Test
  void a_silent_topic_is_not_waited_for_longer_than_said_and_a_late_value_changes_what_comes_after()
      throws Exception {
    serve(plain());
    share(0, 7);
    JobID job =
        cluster.submit(
            settings(deployment, SCHEMA, Duration.ofMillis(200), false), flink("c", 2, "hashmap"));
    await()
        .atMost(PATIENCE)
        .until(() -> cluster.gauged(job, "eddy.shared-values").equals(Set.of(1L)));
    deployment.observe(lacking(0, 20));
    awaitCommitted(20 * KEYS);
    assertThat(cluster.counted(job, "eddy.shared-waited-in-vain")).isEqualTo(19 * KEYS);

    share(105, 11); // late: observations up to 190 have gone on
    await().atMost(PATIENCE).until(() -> cluster.counted(job, "eddy.shared-late") == 2); // subtasks
    deployment.observe(lacking(20, ROUNDS));
    awaitCommitted(ROUNDS * KEYS);
    cluster.cancel(job);

    whole.observe(rounds(0, ROUNDS, time -> time < 200 ? 7.0 : 11.0));
    assertAsIfEachHadBroughtIt();
  }

  @Test
  void a_task_manager_killed_in_mid_stream_leaves_no_trace() throws Exception {
    serve(plain());
    shareUntil(215);
    JobID job = cluster.submit(settings(deployment, SCHEMA, LONG, false), flink("c", 2, "rocksdb"));
    deployment.observe(lacking(0, 20));
    awaitCommitted(20 * KEYS);
    deployment.observe(lacking(20, 40)); // from 220 on they wait
    long waiting = 15L * KEYS;
    await().atMost(PATIENCE).until(() -> cluster.counted(job, "eddy.shared-waited") >= waiting);
    cluster.killTaskManager(0);
    cluster.startTaskManager();
    for (long time = 250; time <= ROUNDS * INTERVAL + 35; time += 35) {
      share(time, windAt(time));
    }
    deployment.observe(lacking(40, ROUNDS));
    awaitCommitted(ROUNDS * KEYS);
    cluster.cancel(job);

    whole.observe(rounds(0, ROUNDS, SharedStreamTest::windAt));
    assertAsIfEachHadBroughtIt();
    assertThat(deployment.predictions().values()).allSatisfy(of -> assertThat(of).hasSize(ROUNDS));
  }

  @Test
  void a_job_from_before_the_topic_goes_on_with_it() throws Exception {
    serve(plain());
    Configuration flink = flink("c", 2, "rocksdb");
    JobID before = cluster.submit(alone(settings(deployment, SCHEMA, LONG, false)), flink);
    deployment.observe(lacking(0, 20));
    awaitCommitted(20 * KEYS);
    cluster.cancel(before);

    shareUntil(ROUNDS * INTERVAL);
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, newestCheckpoint());
    JobID with = cluster.submit(settings(deployment, SCHEMA, LONG, false), flink);
    deployment.observe(lacking(20, ROUNDS));
    awaitCommitted(ROUNDS * KEYS);
    cluster.cancel(with);

    whole.observe(rounds(0, 20, time -> Double.NaN));
    whole.observe(rounds(20, ROUNDS, SharedStreamTest::windAt));
    assertAsIfEachHadBroughtIt();
  }

  private static PredictJobSettings alone(PredictJobSettings with) {
    return new PredictJobSettings(
        with.name(),
        with.model(),
        with.kafka(),
        with.topics(),
        with.schema(),
        with.maxAhead(),
        with.serving(),
        with.output().output(),
        with.bounded());
  }

  private String newestCheckpoint() throws Exception {
    try (Stream<Path> files = Files.walk(directory.resolve("c"))) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(Path::getParent)
          .max(Comparator.comparingLong(SharedStreamTest::number))
          .orElseThrow()
          .toUri()
          .toString();
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().replace("chk-", ""));
  }

  @Test
  void what_is_no_record_of_the_topic_is_a_dead_letter_with_its_place() throws Exception {
    serve(plain());
    shared.observeRaw("", "not even JSON");
    shareUntil(ROUNDS * INTERVAL);
    shared.observeRaw("", "{\"time\":100,\"wnid\":3}");
    deployment.observe(lacking(0, ROUNDS));
    whole.observe(rounds(0, ROUNDS, SharedStreamTest::windAt));

    cluster.run(settings(deployment, SCHEMA, LONG, true), flink("c", 2, "hashmap"));

    assertAsIfEachHadBroughtIt();
    assertThat(deployment.deadLetters())
        .extracting(
            letter ->
                new String(letter.headers().lastHeader("reason").value(), StandardCharsets.UTF_8)
                    + " "
                    + new String(
                        letter.headers().lastHeader("topic").value(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder(
            "malformed " + shared.topics().observations(),
            "no-features " + shared.topics().observations());
  }
}

package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.pipeline.deployment.TestDeployment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** Jobs with a shared topic that are killed, stopped, and go on. */
class SharedRestartTest extends SharedStreams {
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

    whole.observe(rounds(0, ROUNDS, SharedStreams::windAt));
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
    whole.observe(rounds(20, ROUNDS, SharedStreams::windAt));
    assertAsIfEachHadBroughtIt();
  }

  /** One subtask, two, one again, on other state backends, with observations waiting in both. */
  @Test
  void what_waits_moves_to_other_subtasks_with_a_savepoint() throws Exception {
    serve(plain());
    Duration within = Duration.ofSeconds(3); // longer than a round of the others takes to come
    shareUntil(145);
    PredictJobSettings job = settings(deployment, SCHEMA, LONG, within, false);
    Configuration flink = flink("one", 1, "hashmap");
    String[] backends = {"rocksdb", "hashmap"};
    for (int stop = 0; stop < 2; stop++) {
      JobID running = cluster.submit(job, flink);
      deployment.observe(backwards(20 * stop, 20 * stop + 20));
      long waited = 5L + 20 * stop;
      await()
          .atMost(PATIENCE)
          .until(() -> cluster.counted(running, "eddy.shared-waited") >= waited);
      String savepoint = cluster.stop(running, directory.resolve("savepoints"));
      flink = flink("part " + stop, 2 - stop, backends[stop]);
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    JobID last = cluster.submit(job, flink);
    deployment.observe(backwards(40, ROUNDS));
    for (long time = 180; time <= ROUNDS * INTERVAL + 35; time += 35) {
      share(time, windAt(time));
    }
    awaitCommitted(ROUNDS * KEYS);
    cluster.cancel(last);

    whole.observe(rounds(0, ROUNDS, SharedStreams::windAt));
    cluster.run(
        settings(whole, SCHEMA, Duration.ZERO, true), flink("whole checkpoints", 1, "hashmap"));
    assertThat(withoutOffsets(deployment)).isEqualTo(withoutOffsets(whole));
  }

  /** Each two rounds the other way round. */
  private static List<Observation> backwards(int from, int to) {
    List<Observation> turned = new ArrayList<>();
    for (int round = from; round < to; round += 2) {
      turned.addAll(lacking(round + 1, round + 2));
      turned.addAll(lacking(round, round + 1));
    }
    return turned;
  }

  private static Map<String, List<String>> withoutOffsets(TestDeployment of) {
    Map<String, List<String>> predictions = new TreeMap<>();
    of.predictions()
        .forEach(
            (key, all) ->
                predictions.put(
                    key,
                    all.stream().map(each -> each.replaceAll("\"offset\":\\d+", "")).toList()));
    return predictions;
  }

  @Test
  void a_topic_that_is_made_anew_is_read_anew() throws Exception {
    serve(plain());
    shareUntil(ROUNDS * INTERVAL);
    Configuration flink = flink("c", 2, "hashmap");
    JobID before = cluster.submit(settings(deployment, SCHEMA, LONG, false), flink);
    deployment.observe(lacking(0, 20));
    awaitCommitted(20 * KEYS);

    makeAnew(); // while it runs, and shorter
    share(190, 3);
    share(ROUNDS * INTERVAL, 4);
    await().atMost(PATIENCE).until(() -> cluster.counted(before, "eddy.shared-topic-anew") == 2);
    await()
        .atMost(PATIENCE)
        .until(() -> cluster.gauged(before, "eddy.shared-values").equals(Set.of(19L)));
    deployment.observe(lacking(20, 21));
    awaitCommitted(21 * KEYS);
    cluster.cancel(before);

    makeAnew(); // while it does not, and longer
    for (int i = 0; i < 30; i++) {
      share(200, 5 + i);
    }
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, newestCheckpoint());
    JobID after = cluster.submit(settings(deployment, SCHEMA, LONG, false), flink);
    deployment.observe(lacking(21, 22));
    awaitCommitted(22 * KEYS);
    assertThat(cluster.counted(after, "eddy.shared-topic-anew")).isEqualTo(2);
    cluster.cancel(after);

    whole.observe(rounds(0, 20, SharedStreams::windAt));
    whole.observe(rounds(20, 21, time -> 3.0));
    whole.observe(rounds(21, 22, time -> 34.0));
    assertAsIfEachHadBroughtIt();
  }

  private void makeAnew() throws Exception {
    String topic = shared.topics().observations();
    try (Admin admin = Admin.create(new HashMap<>(kafka.client()))) {
      admin.deleteTopics(List.of(topic)).all().get();
      await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains(topic));
    }
    try (Topics topics = Topics.connect(kafka.client())) {
      topics.create(topic, 1);
    }
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
          .max(Comparator.comparingLong(SharedRestartTest::number))
          .orElseThrow()
          .toUri()
          .toString();
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().replace("chk-", ""));
  }
}

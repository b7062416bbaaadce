package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;

/** Values that come after their observations. */
class SharedLateTest extends SharedStreams {
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

    whole.observe(rounds(0, ROUNDS, SharedStreams::windAt));
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
}

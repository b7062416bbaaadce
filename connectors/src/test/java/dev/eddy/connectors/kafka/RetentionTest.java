package dev.eddy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.kafka.client.RetentionLag;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What retention deletes before it was read is not lost in silence. */
class RetentionTest extends FlinkJobs {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void a_job_whose_place_was_deleted_ends_for_good_and_says_what_it_needs() throws Exception {
    topics.create("expired", 1);
    publish("expired", 10);
    String savepoint = readAndStop("expired");
    publish("expired", 10);
    deleteBefore("expired", 15);

    JobClient job = start("expired", savepoint, Map.of());

    assertThatThrownBy(() -> job.getJobExecutionResult().get(60, TimeUnit.SECONDS))
        .satisfies(
            failure ->
                assertThat(ExceptionUtils.findThrowable(failure, UserMistake.class))
                    .get()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .startsWith(
                        "topic expired: partition 0: offset 10 of 15 to 20 (must still be there:")
                    .contains("--fresh", "kafka.auto.offset.reset: earliest"));
  }

  @Test
  void it_goes_on_without_them_where_the_user_says_so() throws Exception {
    topics.create("given-up", 1);
    publish("given-up", 10);
    String savepoint = readAndStop("given-up");
    publish("given-up", 10);
    deleteBefore("given-up", 15);

    JobClient job = start("given-up", savepoint, Map.of("auto.offset.reset", "earliest"));

    awaitCommitted("given-up", 20);
    job.cancel().get(60, TimeUnit.SECONDS);
  }

  @Test
  void a_lag_tells_how_much_is_left_before_the_next_unread_record_is_deleted() throws Exception {
    topics.create("lagging", 1);
    publish("lagging", 20);
    assertThat(lag("lagging", 20).recordsLeft()).isEqualTo(Long.MAX_VALUE);
    assertThat(lag("lagging", 12).recordsLeft()).isEqualTo(12);
    assertThat(lag("lagging", 12).unread()).isEqualTo(8);
    assertThat(lag("lagging", 12).secondsLeft()).isInfinite();

    retain("lagging", Duration.ofHours(1));
    assertThat(lag("lagging", 12).secondsLeft()).isBetween(3000.0, 3600.0);
    assertThat(lag("lagging", 20).secondsLeft()).isInfinite();

    deleteBefore("lagging", 15);
    assertThat(lag("lagging", 12).isLost()).isTrue();
    assertThat(lag("lagging", 12).recordsLeft()).isEqualTo(-3);
    assertThat(lag("lagging", 15).isLost()).isFalse();
    assertThat(RetentionLag.ofGroup(kafka.client(), "lagging", "nobody")).isEmpty();
  }

  @Test
  void a_way_to_reset_that_there_is_not_is_refused_by_name() {
    Map<String, String> client = new HashMap<>(kafka.client());
    client.put("auto.offset.reset", "perhaps");
    assertThatThrownBy(() -> observations("any").client(client).group("g").build())
        .isInstanceOf(UserMistake.class)
        .hasMessage("kafka.auto.offset.reset: perhaps (must be none, earliest or latest)");
  }

  private String readAndStop(String topic) throws Exception {
    JobClient job = start(topic, null, Map.of());
    awaitCommitted(topic, 10);
    return job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(60, TimeUnit.SECONDS);
  }

  private static JobClient start(String topic, @Nullable String savepoint, Map<String, String> more)
      throws Exception {
    Configuration flink = new Configuration();
    flink.setString("pipeline.generic-types", "false");
    flink.setString("execution.checkpointing.interval", "200 ms");
    flink.setString("restart-strategy.type", "fixed-delay");
    flink.setString("restart-strategy.fixed-delay.attempts", "1000000");
    if (savepoint != null) {
      flink.setString("execution.state-recovery.path", savepoint);
    }
    Map<String, String> client = new HashMap<>(kafka.client());
    client.putAll(more);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    env.fromSource(
            observations(topic).client(client).group(topic).build(),
            EventTime.observations(Duration.ZERO, Duration.ZERO),
            "observations")
        .uid("observations")
        .sinkTo(new DiscardingSink<>())
        .uid("end");
    return env.executeAsync();
  }

  private static void awaitCommitted(String group, long offset) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                RetentionLag.ofGroup(kafka.client(), group, group).stream()
                    .anyMatch(lag -> lag.position() == offset));
  }

  private static RetentionLag lag(String topic, long position) {
    return RetentionLag.of(kafka.client(), topic, Map.of(0, position)).get(0);
  }

  private static void deleteBefore(String topic, long offset) throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(kafka.client()))) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  private static void retain(String topic, Duration duration) throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(kafka.client()))) {
      AlterConfigOp set =
          new AlterConfigOp(
              new ConfigEntry("retention.ms", Long.toString(duration.toMillis())),
              AlterConfigOp.OpType.SET);
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    }
  }
}

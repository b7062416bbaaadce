package dev.eddy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.connectors.kafka.sink.DeadLetterSink;
import dev.eddy.connectors.serde.EventTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;

/** A run gives way to a newer one of the same prefix, and leaves nothing that readers could see. */
class NewerRunTest extends FlinkJobs {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void an_older_run_ends_for_good_and_nothing_of_it_is_seen_twice() throws Exception {
    topics.create("in-newer", 1);
    topics.create("out-newer", 1);
    publish("in-newer", 5);
    StreamExecutionEnvironment first = letters("in-newer", "out-newer", Duration.ofHours(1));
    StreamExecutionEnvironment second = letters("in-newer", "out-newer", Duration.ofSeconds(1));
    JobClient older = first.executeAsync();
    await().atMost(PATIENCE).until(() -> read("out-newer", "read_uncommitted") == 5);
    JobClient newer = second.executeAsync();
    await().atMost(PATIENCE).until(() -> read("out-newer", "read_committed") == 5);
    publish("in-newer", 3); // which the older one cannot write any more

    Throwable failure =
        await().atMost(PATIENCE).until(() -> failure(older), Optional::isPresent).orElseThrow();
    assertThat(ExceptionUtils.findThrowable(failure, SuppressRestartsException.class)).isPresent();
    assertThat(failure)
        .rootCause()
        .hasMessage(
            "consumer group eddy/newer/owner: a newer run of this deployment writes to out-newer"
                + " (must be one run at a time: this one ends)");
    await().atMost(PATIENCE).until(() -> read("out-newer", "read_committed") == 8);
    assertThat(newer.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
    newer.cancel().get(60, TimeUnit.SECONDS);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(adminThreads()).hasSize(1));
  }

  /** A thread that is left behind holds a job's classes for ever; the test has one of its own. */
  private static List<String> adminThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("kafka-admin-client-thread"))
        .toList();
  }

  private static Optional<Throwable> failure(JobClient job) {
    var result = job.getJobExecutionResult();
    if (!result.isDone()) {
      return Optional.empty();
    }
    return Optional.of(result.handle((done, failure) -> failure).join());
  }

  /** Every record becomes a dead letter. */
  private static StreamExecutionEnvironment letters(String from, String to, Duration interval) {
    StreamExecutionEnvironment env = environment();
    env.configure(
        Configuration.fromMap(
            Map.of(
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.delay", "100 ms",
                "restart-strategy.fixed-delay.attempts", "100",
                // Without it the first checkpoint comes as soon as the job runs.
                "execution.checkpointing.min-pause", interval.toSeconds() + " s",
                "execution.checkpointing.interval", interval.toSeconds() + " s")));
    env.fromSource(
            observations(from).build(),
            EventTime.observations(Duration.ZERO, Duration.ZERO),
            "observations")
        .map(seen -> new DeadLetter("seen", "", from, 0, 0, null, utf8(seen.toString())))
        .returns(EventTypes.DEAD_LETTER)
        .sinkTo(
            DeadLetterSink.builder()
                .client(kafka.client())
                .topic(to)
                .transactionalIdPrefix("eddy/newer")
                .build());
    return env;
  }

  private static int read(String topic, String isolation) {
    Map<String, String> client = new HashMap<>(kafka.client());
    client.put("isolation.level", isolation);
    try (TopicReader reader = TopicReader.open(client, topic)) {
      return List.copyOf(reader.readToEnd(PATIENCE)).size();
    }
  }
}

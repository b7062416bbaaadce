package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Embedded Flink outlives its task manager. */
class EmbeddedFlinkTest {
  private static final AtomicLong SEEN = new AtomicLong(); // by the tasks, since the last start
  private static final AtomicBoolean BREAKS = new AtomicBoolean();

  @BeforeEach
  void forget() {
    SEEN.set(0);
    BREAKS.set(false);
  }

  @Test
  void a_job_goes_on_when_its_task_manager_is_ended() throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings())) {
      JobClient job = start(flink);
      awaitProgress();

      flink.loseTaskManager(0);
      await().atMost(Duration.ofSeconds(60)).until(() -> flink.taskManagersLost() == 1);
      awaitProgress();

      await().atMost(Duration.ofSeconds(60)).until(() -> flink.runs(job.getJobID()));
      assertThat(flink.givenUp()).isNotDone();
    }
  }

  @Test
  void a_job_goes_on_when_a_task_cannot_be_closed_which_is_fatal_to_its_task_manager()
      throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings())) {
      var unused = start(flink);
      awaitProgress();

      BREAKS.set(true);
      await().atMost(Duration.ofSeconds(60)).until(() -> flink.taskManagersLost() == 1);
      awaitProgress();
    }
  }

  @Test
  void where_task_managers_are_lost_again_and_again_it_gives_up() throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings())) {
      for (int number = 0; number < 6; number++) {
        int before = number;
        await().atMost(Duration.ofSeconds(60)).until(flink::hasTaskManager);
        flink.loseTaskManager(number);
        await().atMost(Duration.ofSeconds(60)).until(() -> flink.taskManagersLost() == before + 1);
      }
      await().atMost(Duration.ofSeconds(10)).until(() -> flink.givenUp().isDone());
      assertThat(flink.givenUp())
          .failsWithin(1, TimeUnit.SECONDS)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("the task manager was lost 6 times within 15 minutes");
    }
  }

  @Test
  void a_task_manager_that_takes_its_time_to_come_is_not_lost() throws Exception {
    MiniClusterConfiguration none =
        new MiniClusterConfiguration.Builder().setNumTaskManagers(0).withRandomPorts().build();
    try (MiniCluster cluster = new MiniCluster(none)) {
      cluster.start();
      try (TaskManagerWatch watch = TaskManagerWatch.start(cluster)) {
        Duration longer = Duration.ofSeconds(5); // than one that was there may be missed
        await().during(longer).atMost(longer.plusSeconds(5)).until(() -> watch.lost() == 0);

        cluster.startTaskManager();
        await().atMost(Duration.ofSeconds(60)).until(watch::there);
        cluster.terminateTaskManager(0).join();
        await().atMost(Duration.ofSeconds(25)).until(() -> watch.lost() == 1);
      }
    }
  }

  private static Configuration settings() {
    Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
    return settings;
  }

  private static JobClient start(EmbeddedFlink flink) throws Exception {
    StreamExecutionEnvironment environment = flink.environment(settings());
    environment
        .fromSource(
            new NumberSequenceSource(0, Long.MAX_VALUE - 1),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .setParallelism(1)
        .map(new Seeing())
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .setParallelism(1);
    return environment.executeAsync();
  }

  private static void awaitProgress() {
    SEEN.set(0);
    await().atMost(Duration.ofSeconds(60)).until(() -> SEEN.get() > 1000);
  }

  /** Counts; fails, and then fails once more while it is closed, when it is told to. */
  private static final class Seeing extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;

    private transient boolean broken;

    @Override
    public void open(OpenContext context) {
      broken = false;
    }

    @Override
    public Long map(Long value) {
      if (BREAKS.getAndSet(false)) {
        broken = true;
        throw new IllegalStateException("told to fail");
      }
      SEEN.incrementAndGet();
      return value;
    }

    @Override
    public void close() {
      if (broken) {
        throw new IllegalStateException("told to fail while closing, too");
      }
    }
  }
}

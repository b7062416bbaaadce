package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Observation;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import dev.eddy.pipeline.state.ExactModel;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Measures what many keys cost one subtask of the operator; no test, so it is run by its name
 * alone: {@code ./mvnw -pl pipeline -am test -Dtest=KeyCosts
 * -Dsurefire.failIfNoSpecifiedTests=false}, with {@code -Deddy.keys=N} for another number of keys.
 * What it prints is in docs/decisions/034.
 */
class KeyCosts {
  private static final int KEYS = Integer.getInteger("eddy.keys", 20_000);
  private static final int ROUNDS = Integer.getInteger("eddy.rounds", 120);
  private static final int BATCH = 1024;
  private static final int STEPS = 64;
  private static final long FORGET_AFTER = 1000;
  private static final ModelSpec SPEC =
      TestModels.spec(CellType.SRU, 2, 64, List.of("load", "wind"));

  @TempDir Path folder;

  /** Every key comes once a round; from one round on under another version. */
  @ParameterizedTest
  @EnumSource
  void a_swap_of_keys_that_all_report_at_once(Backend backend) throws Exception {
    TestModels models = new TestModels(folder.resolve("store"));
    List<Announcement> announced =
        List.of(
            models.announce(models.publish(SPEC, 1)),
            models.announce(models.publish(SPEC, 2), ROUNDS, "rewarm"));
    ExactModel second = ExactModel.of(2, announced.get(1).digest());
    PredictSettings settings = settings(Long.MAX_VALUE, STEPS);
    try (PredictHarness harness = new PredictHarness(settings, backend, 1, 0, () -> announced)) {
      harness.open();
      round(harness, 0, ROUNDS - 3);
      double before = round(harness, ROUNDS - 3, ROUNDS) / 3;
      double half = observe(harness, ROUNDS, 0, KEYS / 2);
      assertThat(harness.countedKeys().of(second)).isEqualTo(KEYS / 2);
      double swap = half + observe(harness, ROUNDS, KEYS / 2, KEYS);
      assertThat(harness.countedKeys().of(second)).isEqualTo(KEYS);
      double after = round(harness, ROUNDS + 1, ROUNDS + 4) / 3;
      say(
          "%s, %d keys: %.2f µs of the task's thread an observation before the swap, %.1f µs a key"
              + " that moves over, %.2f µs after it; throughput during the swap %.4f of before",
          backend, KEYS, before / KEYS, swap / KEYS, after / KEYS, before / swap);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keys_that_come_once(Backend backend) throws Exception {
    TestModels models = new TestModels(folder.resolve("store"));
    List<Announcement> announced = List.of(models.announce(models.publish(SPEC, 1)));
    PredictSettings settings = settings(FORGET_AFTER, STEPS);
    try (PredictHarness harness = new PredictHarness(settings, backend, 1, 0, () -> announced)) {
      harness.setCheckpointStorage(
          new FileSystemCheckpointStorage(folder.resolve("checkpoints").toUri()));
      harness.open();
      long empty = heap();
      double observing = observe(harness, 0, 0, KEYS);
      OperatorSubtaskState full = harness.checkpoint();
      long held = heap() - empty;
      assertThat(harness.countedKeys().sum()).isEqualTo(KEYS);
      double freeing = microsOf(() -> harness.watermark1(100 * FORGET_AFTER));
      OperatorSubtaskState freed = harness.checkpoint();
      assertThat(harness.keptKeys()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      say(
          "%s, %d keys that come once: %.1f µs each, %.0f bytes each in a checkpoint, %.0f on the"
              + " heap; freed in %.1f µs each, then %d bytes in a checkpoint, %.0f each on the"
              + " heap",
          backend,
          KEYS,
          observing / KEYS,
          (double) full.getStateSize() / KEYS,
          (double) held / KEYS,
          freeing / KEYS,
          freed.getStateSize(),
          (double) (heap() - empty) / KEYS);
    }
  }

  private static PredictSettings settings(long forgetAfter, int steps) {
    return new PredictSettings(
        PredictHarness.settings(BATCH, forgetAfter).versions(),
        "observations",
        BATCH,
        PredictHarness.LINGER,
        forgetAfter,
        PredictHarness.MAX_AHEAD,
        steps);
  }

  private static double round(PredictHarness harness, int from, int to) throws Exception {
    double micros = 0;
    for (int round = from; round < to; round++) {
      micros += observe(harness, round, 0, KEYS);
    }
    return micros;
  }

  /** Some of the keys at one time; microseconds of the thread that it took. */
  private static double observe(PredictHarness harness, long time, int from, int to)
      throws Exception {
    return microsOf(
        () -> {
          for (int key = from; key < to; key++) {
            double[] values = {key % 17 + time % 24, key % 5};
            harness.observe(
                new Observation("key " + key, time, values, new String[0], null, 0, time));
            if (key % BATCH == BATCH - 1) {
              harness.getOutput().clear();
            }
          }
          harness.watermark1(time);
          harness.getOutput().clear();
        });
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double microsOf(Work work) throws Exception {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e3;
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}

package dev.eddy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is killed, a reader of what is committed sees an uninterrupted run. */
@ExtendWith(SharedCluster.class)
class KillIT {
  private static final int KILLS = 20;
  private static final long SEED = 11;

  private final FlinkCluster cluster;

  KillIT(FlinkCluster cluster) {
    this.cluster = cluster;
  }

  @ParameterizedTest
  @EnumSource(names = {"TASK_MANAGER", "JOB_MANAGER", "BROKER"})
  void one_process_is_killed_in_mid_stream(Victim victim) throws Exception {
    String name = "killed-" + victim.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Deployed deployed = Deployed.on(cluster, name);
    cluster.submit(List.of("-c", deployed.file()), Map.of("parallelism", 2));
    try (Feeder feeder = deployed.feed(300);
        Follower written = deployed.follow("read_uncommitted");
        Follower committed = deployed.follow("read_committed")) {
      written.awaitBytes(200_000);
      victim.kill(cluster);
      long before = committed.drained();
      cluster.startDead();
      committed.awaitRecords(before + 300);
      deployed.awaitCommitted(feeder.stop());
      deployed.assertAsUninterrupted(feeder.stop());
    }
  }

  @Test
  void everything_is_killed_at_random_bytes_of_output() throws Exception {
    Random random = new Random(SEED);
    Deployed deployed = Deployed.on(cluster, "killed-often");
    cluster.submit(List.of("-c", deployed.file()), Map.of("parallelism", 2));
    try (Feeder feeder = deployed.feed(60);
        Follower written = deployed.follow("read_uncommitted");
        Follower committed = deployed.follow("read_committed")) {
      committed.awaitRecords(1);
      for (int kill = 0; kill < KILLS; kill++) {
        long place = written.bytes() + random.nextInt(40_000);
        Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
        written.awaitBytes(place);
        long start = System.nanoTime();
        victim.kill(cluster);
        long before = Math.max(committed.drained(), feeder.sent());
        cluster.startDead();
        committed.awaitRecords(before + 1); // beyond all that could have been committed before
        System.out.printf(
            "%s at byte %,d: moves again after %.1f s%n",
            victim, place, (System.nanoTime() - start) / 1e9);
      }
      int sent = feeder.stop();
      assertThat(sent).isLessThan(Reference.OBSERVATIONS);
      deployed.awaitCommitted(sent);
      deployed.assertAsUninterrupted(sent);
    }
  }
}

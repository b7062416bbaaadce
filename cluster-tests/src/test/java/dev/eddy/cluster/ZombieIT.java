package dev.eddy.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run that was believed dead comes back while another goes on from where it was. */
@ExtendWith(SharedCluster.class)
class ZombieIT {
  private final FlinkCluster cluster;

  ZombieIT(FlinkCluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void a_frozen_run_writes_nothing_once_another_has_taken_over() throws Exception {
    Deployed deployed = Deployed.on(cluster, "zombie");
    deployed.send(0, 300);
    String zombie = cluster.submit(List.of("-c", deployed.file()), Map.of("parallelism", 2));
    deployed.awaitCommitted(300);
    cluster.freeze();
    String left = newestCheckpoint(zombie);
    Map<String, String> more =
        Map.of("execution.state-recovery.path", left, "parallelism.default", "2");
    try (ApplicationCluster second =
        ApplicationCluster.start("second", cluster, more, "-c", deployed.file())) {
      deployed.send(300, 600);
      deployed.awaitCommitted(600);
      cluster.thaw();
      deployed.send(600, 900);
      cluster.awaitState(zombie, "FAILED"); // for good, without being told
      deployed.awaitCommitted(900);
      deployed.send(900, 1200);
      deployed.awaitCommitted(1200);
      deployed.assertAsUninterrupted(1200);
    } finally {
      cluster.thaw();
    }
  }

  /** Of those that are whole, in the order of their numbers. */
  private String newestCheckpoint(String job) throws Exception {
    try (Stream<Path> folders = Files.list(cluster.shared().resolve("checkpoints").resolve(job))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("_metadata")))
          .max(Comparator.comparingInt(ZombieIT::number))
          .orElseThrow()
          .toUri()
          .toString();
    }
  }

  private static int number(Path folder) {
    return Integer.parseInt(folder.getFileName().toString().substring("chk-".length()));
  }
}

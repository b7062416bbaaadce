package dev.eddy.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job that is cancelled and run again and again leaves nothing in its task managers. */
@ExtendWith(SharedCluster.class)
class CycleIT {
  /** {@code -Deddy.cycles=100} for a long one, and see what it prints. */
  private static final int CYCLES = Integer.getInteger("eddy.cycles", 6);

  private static final int WARM = 2; // cycles after which nothing new is to come
  private static final int SENT = 120; // observations a cycle
  private static final String PRINTED = "cycle %d: %s%n";

  private final FlinkCluster cluster;

  CycleIT(FlinkCluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void metaspace_and_threads_are_flat() throws Exception {
    Deployed deployed = Deployed.on(cluster, "cycled");
    String jar = cluster.rest().upload(Places.jobJar());
    Map<String, Object> more = new HashMap<>(Map.of("parallelism", 8)); // on both task managers
    Footprint warm = Footprint.of(cluster);
    for (int cycle = 1; cycle <= CYCLES; cycle++) {
      more.put("savepointPath", cycle(deployed, cycle, jar, more));
      if (cycle == WARM) {
        warm = Footprint.of(cluster);
      }
      if (cycle % 10 == WARM) {
        System.out.printf(PRINTED, cycle, Footprint.of(cluster));
      }
    }
    Footprint limit = warm;
    Awaitility.await("a footprint as " + warm) // some of it is left to finalizers
        .atMost(Duration.ofMinutes(1))
        .until(() -> Footprint.of(cluster), found -> found.isAs(limit));
    System.out.printf(PRINTED, CYCLES, Footprint.of(cluster));
    deployed.assertAsUninterrupted(CYCLES * SENT);
  }

  /** The job runs, goes on where it was, and is cancelled; returns its last checkpoint. */
  private String cycle(Deployed deployed, int cycle, String jar, Map<String, ?> more)
      throws Exception {
    HttpResponse<String> answer =
        cluster.rest().ask(jar, "run", List.of("-c", deployed.file()), more);
    if (answer.statusCode() != 200) {
      throw new AssertionError("refused: " + answer.body());
    }
    String job = new ObjectMapper().readTree(answer.body()).get("jobid").asText();
    deployed.send((cycle - 1) * SENT, cycle * SENT);
    deployed.awaitCommitted(cycle * SENT);
    cluster.cancel(job);
    return cluster.checkpoint(job);
  }
}

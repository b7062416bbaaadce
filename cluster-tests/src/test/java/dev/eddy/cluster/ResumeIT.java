package dev.eddy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job goes on from what it is told to, and from nothing else. */
@ExtendWith(SharedCluster.class)
class ResumeIT {
  private static final int TIMES = 4;

  private final FlinkCluster cluster;

  ResumeIT(FlinkCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * With a topic of shared values, too, which all task managers read; observations keep their own.
   */
  @Test
  void from_a_savepoint_with_another_parallelism_and_changed_settings() throws Exception {
    Deployed deployed = Deployed.on(cluster, "stopped");
    deployed.send(0, 600);
    String job = submit(deployed, "-p", "2");
    deployed.awaitCommitted(600);
    String savepoint = stop(job);
    assertThat(Path.of(URI.create(savepoint))).startsWith(cluster.shared());

    deployed.share("stopped-winds", 0, 3);
    deployed.share("stopped-winds", 10_000, 4);
    deployed.send(600, 1200);
    String again =
        FlinkCommand.run(
                cluster,
                List.of("-d", "-s", savepoint, "-p", "3"),
                "-c",
                deployed.file(),
                "--set",
                "serving.max-batch=7",
                "--set",
                "serving.linger=1 ms",
                "--set",
                "input.shared={topic: stopped-winds, features: [wind]}")
            .job();
    deployed.awaitCommitted(1200);
    assertThat(cluster.parallelism(again)).isEqualTo(3);
    cluster.cancel(again);
    deployed.assertAsUninterrupted(1200);
  }

  @Test
  void from_a_savepoint_with_a_stale_checkpoint_beside() throws Exception {
    Deployed deployed = Deployed.on(cluster, "stale");
    Path folder = cluster.shared().resolve("stale");
    String[] there = {"-p", "2", "-D", "execution.checkpointing.dir=" + folder.toUri()};
    deployed.send(0, 300);
    String job = submit(deployed, there);
    deployed.awaitCommitted(300);
    cluster.cancel(job);
    String stale = cluster.checkpoint(job);
    assertThat(Path.of(URI.create(stale))).startsWith(folder);

    deployed.send(300, 600);
    String again = submit(deployed, with(there, "-s", stale));
    deployed.awaitCommitted(600);
    String savepoint = stop(again);

    deployed.send(600, 900);
    assertThat(Path.of(URI.create(stale))).isDirectory();
    String last = submit(deployed, with(there, "-s", savepoint));
    deployed.awaitCommitted(900);
    cluster.cancel(last);
    deployed.assertAsUninterrupted(900);
  }

  @Test
  void cancelled_again_and_again_beside_another_deployment() throws Exception {
    Deployed blue = Deployed.on(cluster, "blue");
    Deployed green = Deployed.on(cluster, "green");
    String beside = submit(green, "-p", "2");
    String job = submit(blue, "-p", "2");
    for (int time = 1; time <= TIMES; time++) {
      for (Deployed each : List.of(blue, green)) {
        each.send(200 * (time - 1), 200 * time);
        each.awaitCommitted(200 * time);
      }
      cluster.cancel(job);
      Map<String, ?> from = Map.of("parallelism", 2, "savepointPath", cluster.checkpoint(job));
      job = cluster.submit(List.of("-c", blue.file()), from);
    }
    blue.send(200 * TIMES, 200 * TIMES + 100);
    blue.awaitCommitted(200 * TIMES + 100);
    assertThat(cluster.rest().state(beside)).isEqualTo("RUNNING");
    cluster.cancel(beside);
    cluster.cancel(job);
    blue.assertAsUninterrupted(200 * TIMES + 100);
    green.assertAsUninterrupted(200 * TIMES);
  }

  private String submit(Deployed deployed, String... options) throws Exception {
    return FlinkCommand.run(cluster, Arrays.asList(with(options, "-d")), "-c", deployed.file())
        .job();
  }

  private String stop(String job) throws Exception {
    String folder = cluster.shared().resolve("savepoints").toUri().toString();
    return FlinkCommand.execute(cluster, "stop", "-p", folder, job).savepoint();
  }

  private static String[] with(String[] options, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }
}

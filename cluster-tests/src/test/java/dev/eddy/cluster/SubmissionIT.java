package dev.eddy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.cluster.FlinkCommand.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The job jar is submitted in every way there is, and the job manager outlives each. */
@ExtendWith(SharedCluster.class)
class SubmissionIT {
  private static final int SOME = 600;

  private final FlinkCluster cluster;
  private long jobManager;

  SubmissionIT(FlinkCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void remember() {
    jobManager = cluster.jobManager().process().pid();
  }

  @AfterEach
  void job_manager_lives() {
    assertThat(cluster.jobManager().process().lives()).isTrue();
    assertThat(cluster.jobManager().process().pid()).isEqualTo(jobManager);
  }

  @Test
  void attached_returns_at_the_jobs_end() throws Exception {
    Deployed deployed = deployed("attached");
    Outcome outcome = FlinkCommand.run(cluster, List.of(), "-c", deployed.file(), "--bounded");
    assertThat(cluster.rest().state(outcome.job())).isEqualTo("FINISHED");
    deployed.assertAsUninterrupted(SOME);
  }

  @Test
  void through_rest() throws Exception {
    Deployed deployed = deployed("rest");
    String job = cluster.submit(List.of("-c", deployed.file()), Map.of("parallelism", 2));
    deployed.awaitCommitted(SOME);
    cluster.cancel(job);
    deployed.assertAsUninterrupted(SOME);
  }

  private Deployed deployed(String name) {
    Deployed deployed = Deployed.on(cluster, name);
    deployed.send(0, SOME);
    return deployed;
  }
}

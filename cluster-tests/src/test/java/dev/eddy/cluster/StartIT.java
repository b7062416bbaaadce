package dev.eddy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.cluster.FlinkCommand.Outcome;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a deployment has come somewhere, a start neither repeats it nor runs beside it unasked. */
@ExtendWith(SharedCluster.class)
class StartIT {
  private static final int SOME = 300;

  private final FlinkCluster cluster;

  StartIT(FlinkCluster cluster) {
    this.cluster = cluster;
  }

  @AfterEach
  void job_manager_lives() {
    assertThat(cluster.jobManager().process().lives()).isTrue();
  }

  @Test
  void without_state_it_ends_at_once_and_goes_on_where_asked() throws Exception {
    Deployed deployed = Deployed.on(cluster, "cold");
    deployed.send(0, SOME);
    String job = cluster.submit(List.of("-c", deployed.file()), Map.of());
    deployed.awaitCommitted(SOME);
    deployed.awaitOffsets(SOME);
    cluster.cancel(job);

    // Only where it runs is it known whether Flink restores a state.
    String without = cluster.submit(List.of("-c", deployed.file()), Map.of());
    cluster.awaitState(without, "FAILED");
    assertThat(cluster.rest().get("/jobs/" + without + "/exceptions").toString())
        .contains("no state to resume from");
    assertRefused(eddy(deployed), "no state to resume from");
    assertThat(deployed.topics().committed()).isEqualTo(SOME);

    deployed.send(SOME, 2 * SOME);
    job = cluster.submit(List.of("-c", deployed.file(), "--from", "committed"), Map.of());
    deployed.awaitCommitted(2 * SOME);
    cluster.cancel(job);
    assertThat(deployed.topics().committed()).isEqualTo(2 * SOME);
  }

  @Test
  void beside_itself_it_is_refused_in_every_way() throws Exception {
    Deployed deployed = Deployed.on(cluster, "twice");
    deployed.send(0, SOME);
    String job = cluster.submit(List.of("-c", deployed.file()), Map.of());
    deployed.awaitCommitted(SOME);

    String why = "(must have ended: a deployment runs once)";
    HttpResponse<String> answer = cluster.ask("run", List.of("-c", deployed.file()), Map.of());
    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(answer.body()).contains(why);
    assertRefused(FlinkCommand.run(cluster, List.of("-d"), "-c", deployed.file()), why);
    assertRefused(eddy(deployed), why);
    deployed.send(SOME, 2 * SOME);
    deployed.awaitCommitted(2 * SOME);
    assertThat(cluster.rest().state(job)).isEqualTo("RUNNING");
    deployed.assertAsUninterrupted(2 * SOME);
  }

  private Outcome eddy(Deployed deployed) throws InterruptedException {
    return EddyCommand.execute("run", "-c", deployed.file(), "--target", cluster.address());
  }

  private static void assertRefused(Outcome outcome, String why) {
    assertThat(outcome.code()).as(outcome.output()).isNotZero();
    assertThat(outcome.output()).contains(why);
  }
}

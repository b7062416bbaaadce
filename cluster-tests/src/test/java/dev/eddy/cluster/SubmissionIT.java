package dev.eddy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.cluster.FlinkCommand.Outcome;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void detached_by_the_settings_of_the_command_line() throws Exception {
    Deployed deployed = deployed("detached");
    Path checkpoints = cluster.shared().resolve("of-the-command-line");
    List<String> options =
        List.of("-d", "-p", "3", "-D", "execution.checkpointing.dir=" + checkpoints.toUri());
    String job = FlinkCommand.run(cluster, options, "-c", deployed.file()).job();
    deployed.awaitCommitted(SOME);
    assertThat(cluster.parallelism(job)).isEqualTo(3);
    assertThat(checkpoints.resolve(job)).isDirectory();
    assertThat(cluster.shared().resolve("checkpoints").resolve(job)).doesNotExist();
    assertNothingBeside(deployed);
    cluster.cancel(job);
    deployed.assertAsUninterrupted(SOME);
  }

  @Test
  void through_rest() throws Exception {
    Deployed deployed = deployed("rest");
    String job = cluster.submit(List.of("-c", deployed.file()), Map.of("parallelism", 2));
    deployed.awaitCommitted(SOME);
    assertThat(cluster.parallelism(job)).isEqualTo(2);
    assertNothingBeside(deployed);
    cluster.cancel(job);
    deployed.assertAsUninterrupted(SOME);
  }

  @Test
  void what_is_wrong_is_answered_through_rest() throws Exception {
    Deployed deployed = deployed("wrong");
    for (String action : List.of("run", "plan")) {
      assertRefused(action, "arguments: ", "--help");
      assertRefused(action, "missing (must be a YAML file", "-c", deployed.file() + "l");
      assertRefused(
          action, "serving.max-batch: 0 ", "-c", deployed.file(), "--set", "serving.max-batch=0");
    }
    HttpResponse<String> plan = cluster.ask("plan", List.of("-c", deployed.file()), Map.of());
    assertThat(plan.statusCode()).as(plan.body()).isEqualTo(200);
    assertThat(deployed.topics().written()).isZero();
  }

  private void assertRefused(String action, String why, String... arguments) throws Exception {
    HttpResponse<String> answer = cluster.ask(action, List.of(arguments), Map.of());
    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(answer.body()).contains(why);
  }

  @Test
  void in_application_mode_it_runs_to_its_end() throws Exception {
    Deployed deployed = deployed("application");
    Map<String, String> more = Map.of("classloader.resolve-order", "parent-first");
    try (ApplicationCluster application =
        ApplicationCluster.start(
            "application", cluster, more, "-c", deployed.file(), "--bounded")) {
      assertThat(application.await()).isZero();
    }
    deployed.assertAsUninterrupted(SOME);
  }

  @Test
  void by_eddys_own_command() throws Exception {
    Deployed deployed = deployed("by-eddy");
    Outcome outcome =
        EddyCommand.execute("run", "-c", deployed.file(), "--target", cluster.address());
    assertThat(outcome.code()).as(outcome.output()).isZero();
    deployed.awaitCommitted(SOME);
    assertNothingBeside(deployed);
    cluster.cancelAll();
    deployed.assertAsUninterrupted(SOME);
  }

  @Test
  void a_savepoint_that_does_not_exist_is_refused() throws Exception {
    Deployed deployed = deployed("no-savepoint");
    String none = cluster.shared().resolve("savepoints/none").toUri().toString();
    Outcome outcome =
        FlinkCommand.run(cluster, List.of("-s", none), "-c", deployed.file(), "--bounded");
    cluster.forgetUnstarted();
    assertThat(outcome.code()).as(outcome.output()).isNotZero();
    assertThat(outcome.output()).contains("Cannot find checkpoint or savepoint file/directory");
    assertThat(deployed.topics().written()).isZero();
  }

  @Test
  void a_savepoint_that_does_not_exist_is_refused_through_rest_before_flink_fails_on_it()
      throws Exception {
    Deployed deployed = deployed("no-savepoint-rest");
    String none = cluster.shared().resolve("savepoints/none").toUri().toString();
    HttpResponse<String> answer =
        cluster.ask("run", List.of("-c", deployed.file()), Map.of("savepointPath", none));
    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(answer.body()).contains("none/_metadata: ", "(must be a whole checkpoint's");
    assertThat(cluster.forgetUnstarted()).isZero();
  }

  /** Neither where it was submitted nor where it runs. */
  private static void assertNothingBeside(Deployed deployed) throws Exception {
    try (var files = Files.list(Path.of(deployed.file()).getParent())) {
      assertThat(files).containsExactly(Path.of(deployed.file()));
    }
  }

  private Deployed deployed(String name) {
    Deployed deployed = Deployed.on(cluster, name);
    deployed.send(0, SOME);
    return deployed;
  }
}

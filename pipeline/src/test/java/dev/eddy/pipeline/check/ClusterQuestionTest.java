package dev.eddy.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.model.settings.Split;
import dev.eddy.pipeline.check.probe.Probe;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.flink.ClusterOverview;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.operator.TestModels;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster is asked from within its task managers, here those of a real one in this process. */
@SuppressWarnings("NullAway.Init") // JUnit calls start first
class ClusterQuestionTest {
  private static EmbeddedKafka kafka;
  private static MiniCluster flink;
  private static URI address;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    flink = cluster(2);
    flink.start();
    address = flink.getRestAddress().get();
    awaitSlots(target(), 2);
  }

  private static void awaitSlots(String target, int slots) {
    await()
        .ignoreExceptions()
        .atMost(Duration.ofMinutes(1))
        .until(() -> ClusterOverview.of(target).freeSlots() == slots);
  }

  private static MiniCluster cluster(int taskManagers) {
    return new MiniCluster(
        new MiniClusterConfiguration.Builder()
            .setConfiguration(Configuration.fromMap(Map.of("rest.bind-port", "0")))
            .setNumTaskManagers(taskManagers)
            .setNumSlotsPerTaskManager(1)
            .build());
  }

  @AfterAll
  static void stop() throws Exception {
    flink.close();
    kafka.close();
  }

  private Deployment deployment(Map<String, String> settings) {
    return TestDeployment.of(
            TestModels.NAME,
            folder.resolve("models"),
            kafka.client(),
            TopicSettings.named("cluster"),
            Map.of("features", List.of("load", "wind"), "target", List.of("load")),
            new Split.ByLast(1, 1))
        .on(kafka.bootstrapServers(), folder.resolve("models").toString(), settings);
  }

  private Findings ask(Map<String, String> settings) {
    Deployment deployment = deployment(settings);
    Findings findings = new Findings();
    findings.ask(question(deployment, target()));
    return findings;
  }

  private static ClusterQuestion question(Deployment deployment, String target) {
    return new ClusterQuestion(
        deployment,
        target,
        FlinkSettings.of(deployment.flink()),
        given -> EmbeddedFlink.environment(address, given));
  }

  private static String target() {
    return address.getHost() + ":" + address.getPort();
  }

  private String checkpoints() {
    return folder.resolve("checkpoints").toUri().toString();
  }

  @Test
  void task_managers_say_that_they_reach_store_checkpoints_and_brokers() {
    new TestModels(folder.resolve("models")).publish(1);

    Findings findings = ask(Map.of("execution.checkpointing.dir", checkpoints()));

    assertThat(findings.wrong()).isEmpty();
    assertThat(findings.fine())
        .anyMatch(line -> line.matches("cluster .*, 2 task managers, 2 of 2 slots free"))
        .filteredOn(line -> line.matches("task manager .*: reaches store, checkpoints and brokers"))
        .hasSize(2);
    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void a_task_manager_says_where_it_cannot_write_checkpoints() throws Exception {
    Files.writeString(folder.resolve("checkpoints"), "a file");

    assertThat(ask(Map.of("execution.checkpointing.dir", checkpoints())).wrong())
        .hasSize(2)
        .allMatch(line -> line.startsWith("task manager "))
        .allMatch(
            line ->
                line.contains(": flink.execution.checkpointing.dir: ")
                    && line.contains(" (must be a folder to write to: "));
  }

  @Test
  void a_task_manager_says_which_versions_it_does_not_find() {
    Probe elsewhere =
        new Probe(kafka.client(), folder.toString(), "weather", List.of("1", "2"), "");

    assertThat(elsewhere.look("here").wrong())
        .singleElement()
        .asString()
        .contains("store: " + folder + ": weather [1, 2] missing there");
  }

  @Test
  void a_cluster_with_too_few_slots_is_refused() {
    assertThat(ask(Map.of("parallelism.default", "3")).wrong())
        .singleElement()
        .asString()
        .contains("2 of 2 slots free (must have 3 for parallelism.default)");
  }

  /** It may start them when a job wants them. */
  @Test
  void a_cluster_without_task_managers_is_neither_refused_nor_waited_for() throws Exception {
    try (MiniCluster none = cluster(0)) {
      none.start();
      String there = none.getRestAddress().get().getAuthority();
      awaitSlots(there, 0);
      Findings findings = new Findings();

      findings.ask(question(deployment(Map.of()), there));

      assertThat(findings.wrong()).isEmpty();
      assertThat(findings.notes())
          .anyMatch(line -> line.startsWith("--target: no slot is free to ask task managers from"));
    }
  }

  @Test
  void no_checkpoint_directory_at_all_is_noted() {
    assertThat(ask(Map.of()).notes())
        .anyMatch(line -> line.contains("neither the cluster nor the file names"));
  }

  @Test
  void what_is_no_flink_cluster_is_refused() {
    Findings findings = new Findings();
    findings.ask(question(deployment(Map.of()), kafka.bootstrapServers()));

    assertThat(findings.wrong()).singleElement().asString().startsWith("--target: ");
  }
}

package dev.eddy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.pipeline.stream.JarRest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A session cluster, highly available, with the broker that its jobs read and write. */
final class FlinkCluster implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path shared = Places.anew(Places.all()).resolve("shared");
  private final int restPort = Places.freePort();
  private final Broker broker = new Broker();
  private final ZooKeeper zooKeeper = new ZooKeeper();
  private final Map<String, String> configuration = configuration();
  private final JobManager jobManager = new JobManager(configuration);
  private final TaskManager first = new TaskManager("taskmanager-1", configuration);
  private final TaskManager second = new TaskManager("taskmanager-2", configuration);
  private final JarRest rest = new JarRest(URI.create("http://127.0.0.1:" + restPort));
  private @Nullable Reference reference;

  FlinkCluster() throws Exception {
    awaitWhole();
  }

  private Map<String, String> configuration() {
    Map<String, String> all = new HashMap<>(ofJobs(shared));
    all.putAll(addresses(restPort));
    all.putAll(
        Map.of(
            "heartbeat.interval", "1 s",
            "heartbeat.timeout", "20 s",
            "high-availability.type", "zookeeper",
            "high-availability.zookeeper.quorum", zooKeeper.address(),
            "high-availability.zookeeper.client.session-timeout", "10 s",
            "high-availability.storageDir", shared.resolve("high-availability").toUri().toString(),
            "high-availability.cluster-id", "/cluster"));
    return Map.copyOf(all);
  }

  /** Where its processes are; a loaded machine may take longer than 10 s to make them listen. */
  static Map<String, String> addresses(int restPort) {
    return Map.of(
        "pekko.startup-timeout", "2 min",
        "jobmanager.rpc.address", "127.0.0.1",
        "jobmanager.rpc.port", Integer.toString(Places.freePort()),
        "jobmanager.bind-host", "127.0.0.1",
        "rest.address", "127.0.0.1",
        "rest.bind-address", "127.0.0.1",
        "rest.port", Integer.toString(restPort),
        "taskmanager.host", "127.0.0.1",
        "taskmanager.bind-host", "127.0.0.1",
        "taskmanager.numberOfTaskSlots", "4");
  }

  /** What whoever operates a cluster says of all jobs on it. */
  static Map<String, String> ofJobs(Path shared) {
    return Map.of(
        "parallelism.default", "1",
        "execution.checkpointing.interval", "500 ms",
        "execution.checkpointing.dir", shared.resolve("checkpoints").toUri().toString(),
        "execution.checkpointing.savepoint-dir", shared.resolve("savepoints").toUri().toString(),
        "restart-strategy.type", "fixed-delay",
        "restart-strategy.fixed-delay.attempts", "2147483647",
        "restart-strategy.fixed-delay.delay", "500 ms");
  }

  /** The one folder that all processes see. */
  Path shared() {
    return shared;
  }

  Map<String, String> configurationOfAll() {
    return configuration;
  }

  String address() {
    return "127.0.0.1:" + restPort;
  }

  Broker broker() {
    return broker;
  }

  JobManager jobManager() {
    return jobManager;
  }

  TaskManager taskManager(int number) {
    return number == 1 ? first : second;
  }

  JarRest rest() {
    return rest;
  }

  /** What an uninterrupted run predicts. */
  Reference reference() throws Exception {
    if (reference == null) {
      reference = Reference.of(this);
    }
    return reference;
  }

  /** Asks for a job, or for its plan, through the REST interface. */
  HttpResponse<String> ask(String action, List<String> arguments, Map<String, ?> more)
      throws Exception {
    return rest.ask(rest.upload(Places.jobJar()), action, arguments, more);
  }

  /** Submits a job through the REST interface; returns its id. */
  String submit(List<String> arguments, Map<String, ?> more) throws Exception {
    HttpResponse<String> answer = ask("run", arguments, more);
    if (answer.statusCode() != 200) {
      throw new AssertionError("refused: " + answer.body());
    }
    return new ObjectMapper().readTree(answer.body()).get("jobid").asText();
  }

  void awaitState(String job, String state) {
    Awaitility.await(job + " is " + state)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> rest.state(job).equals(state));
  }

  /** Cancels a job and waits until it is. */
  void cancel(String job) throws Exception {
    rest.cancel(job);
    awaitState(job, "CANCELED");
  }

  /** The newest checkpoint that a job has left behind. */
  String checkpoint(String job) throws Exception {
    return rest.get("/jobs/" + job + "/checkpoints").at("/latest/completed/external_path").asText();
  }

  /** How many subtasks the operator that predicts has. */
  int parallelism(String job) throws Exception {
    int most = 0;
    for (JsonNode vertex : rest.get("/jobs/" + job).path("vertices")) {
      most = Math.max(most, vertex.path("parallelism").asInt());
    }
    return most;
  }

  /** Cancels what still runs, as a test that failed leaves it. */
  void cancelAll() throws Exception {
    for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
      if (List.of("RUNNING", "RESTARTING", "CREATED").contains(job.path("state").asText())) {
        cancel(job.path("jid").asText());
      }
    }
  }

  /**
   * Deletes the results of jobs that failed before they started, as an operator has to. Flink 2.3
   * cleans up after them and yet keeps them for dirty; the next job manager does not survive that:
   * "Application ID is missing in the recovered job result".
   *
   * @return how many there were
   */
  int forgetUnstarted() throws IOException {
    int count = 0;
    Path results = shared.resolve("high-availability/job-result-store/cluster");
    try (DirectoryStream<Path> dirty = Files.newDirectoryStream(results, "*_DIRTY.json")) {
      for (Path result : dirty) {
        Files.delete(result);
        count++;
      }
    }
    return count;
  }

  /** Starts what is not there, and waits until all of it is at work. */
  void mend() throws IOException {
    startDead();
    awaitWhole();
  }

  /** Starts what is not there. */
  void startDead() throws IOException {
    if (!broker.process().lives()) {
      broker.start();
    }
    if (!jobManager.process().lives()) {
      jobManager.start();
    }
    for (TaskManager each : List.of(first, second)) {
      if (!each.process().lives()) {
        each.start();
      }
    }
  }

  /** The processes that do not live, by their names. */
  List<String> dead() {
    return processes().filter(process -> !process.lives()).map(JavaProcess::name).toList();
  }

  private Stream<JavaProcess> processes() {
    return Stream.concat(Stream.of(broker.process()), ofFlink());
  }

  private void assertAlive() {
    processes().forEach(JavaProcess::assertAlive);
  }

  /** Stops all of Flink where it is, with SIGSTOP. */
  void freeze() {
    ofFlink().forEach(JavaProcess::freeze);
  }

  /** Lets it go on. */
  void thaw() {
    ofFlink().forEach(JavaProcess::thaw);
  }

  private Stream<JavaProcess> ofFlink() {
    return Stream.of(jobManager.process(), first.process(), second.process());
  }

  private void awaitWhole() {
    Awaitility.await("two task managers of four slots; see " + Places.log("jobmanager"))
        .atMost(PATIENCE)
        .ignoreExceptions()
        .failFast(this::assertAlive)
        .until(() -> rest.get("/overview").path("slots-total").asInt() == 8);
  }

  @Override
  public void close() {
    List.of(second, first).forEach(TaskManager::close);
    jobManager.close();
    zooKeeper.close();
    broker.close();
  }
}

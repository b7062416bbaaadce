package dev.eddy.pipeline.stream;

import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.local.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A broker in a process of its own, which can be frozen. */
public final class BrokerProcess implements AutoCloseable {
  private final Process process;
  private final Path address;

  private BrokerProcess(Process process, Path address) {
    this.process = process;
    this.address = address;
  }

  static BrokerProcess start(Path directory) throws IOException {
    Path address = directory.resolve("address");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BrokerProcess.class.getName(),
                    directory.resolve("broker").toString(),
                    address.toString()))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("broker.log").toFile())
            .start();
    await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(address));
    return new BrokerProcess(process, address);
  }

  Map<String, String> client() throws IOException {
    return Map.of("bootstrap.servers", Files.readString(address));
  }

  /** SIGSTOP: it takes connections and answers nothing. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    thaw();
    process.destroyForcibly().waitFor();
  }

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]));
    Path written = Path.of(arguments[1] + ".new");
    Files.writeString(written, kafka.bootstrapServers());
    Files.move(written, Path.of(arguments[1]));
    Thread.currentThread().join();
  }
}

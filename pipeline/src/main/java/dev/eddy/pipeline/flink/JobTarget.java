package dev.eddy.pipeline.flink;

import dev.eddy.settings.FileFault;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Connects to the cluster that a streaming job runs on, if not in this process. */
public final class JobTarget {
  /** Names the folder that the launcher lies in; the built jar is found from there. */
  private static final String HOME = "eddy.home";

  private static final int CONNECT_MILLIS = 5000;

  private JobTarget() {}

  /**
   * A cluster by the address of its REST interface; the shaded jar is sent along.
   *
   * @param address where {@link #requireListening somebody listens}
   * @throws UserMistake when the jar has not been built
   */
  public static StreamExecutionEnvironment cluster(String address, Configuration settings) {
    Configuration withJar = new Configuration(settings);
    withJar.set(PipelineOptions.JARS, List.of(jar().toUri().toString()));
    return EmbeddedFlink.environment(URI.create("http://" + address), withJar);
  }

  /**
   * Flink's client tries for a minute where nobody listens.
   *
   * @throws UserMistake when the address is none, or nobody takes connections there
   */
  public static void requireListening(String address) {
    if (!address.matches("[^:/\\s]+:\\d{1,5}")) {
      throw new UserMistake("--target: " + address + " (must be host:port)");
    }
    int colon = address.indexOf(':');
    try (Socket socket = new Socket()) {
      InetSocketAddress place =
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
      socket.connect(place, CONNECT_MILLIS);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserMistake(
          "--target: "
              + address
              + " (nobody takes connections there; must be a Flink cluster's REST interface)",
          e);
    }
  }

  private static Path jar() {
    Path target = Path.of(System.getProperty(HOME, ""), "pipeline", "target");
    try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).endsWith("-job.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new UserMistake(
                      "--target: no eddy-pipeline-*-job.jar in "
                          + target
                          + " (must have been built, ./eddy builds it)"));
    } catch (IOException e) {
      throw new UserMistake(
          "--target: " + target + ": cannot be read (" + FileFault.of(e) + ")", e);
    }
  }
}

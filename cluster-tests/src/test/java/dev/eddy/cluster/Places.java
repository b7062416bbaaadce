package dev.eddy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.stream.Stream;

/** Folders and ports of processes. */
final class Places {
  private static final Random RANDOM = new Random();

  private Places() {}

  /** The project's folder. */
  static Path project() {
    return Path.of(System.getProperty("eddy.root"));
  }

  /** Where everything of these tests lies, until the next time; the logs above all. */
  static Path all() {
    return project().resolve("cluster-tests/target/cluster");
  }

  static Path log(String name) {
    return all().resolve("logs").resolve(name + ".log");
  }

  /** The job jar, as the build packaged it. */
  static Path jobJar() {
    try (Stream<Path> files = Files.list(project().resolve("pipeline/target"))) {
      return files
          .filter(path -> path.getFileName().toString().endsWith("-job.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no job jar has been built"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A port that nobody listens on. It lies below those that systems give to outgoing connections,
   * so that it is still free when a killed process comes back.
   */
  static int freePort() {
    while (true) {
      int port = 20_000 + RANDOM.nextInt(10_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
  }

  /** Makes a folder, or empties it: what was on a lost machine is lost. */
  static Path anew(Path folder) {
    delete(folder);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      Deque<Path> deepestFirst = new ArrayDeque<>();
      walk.forEach(deepestFirst::push);
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

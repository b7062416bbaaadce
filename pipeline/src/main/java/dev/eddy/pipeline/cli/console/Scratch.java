package dev.eddy.pipeline.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary folder that goes when it is closed, or when the process ends in good order.
 *
 * @param folder where files may be put
 */
public record Scratch(Path folder) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  /** A new, empty one. */
  public static Scratch create() throws IOException {
    Scratch scratch = new Scratch(Files.createTempDirectory("eddy-"));
    Runtime.getRuntime().addShutdownHook(new Thread(scratch::closeQuietly, "scratch"));
    return scratch;
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      LOG.warn("{} was not removed: {}", folder, e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> walk = Files.walk(folder)) {
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}

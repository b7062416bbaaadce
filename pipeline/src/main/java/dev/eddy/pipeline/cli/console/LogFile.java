package dev.eddy.pipeline.cli.console;

import dev.eddy.pipeline.flink.UserFolder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses where log lines go, so that the console shows only what a user wants to read: a file that
 * can be written, or, where there is none, standard error, a line for each warning. The file is
 * made when there is a line for it.
 */
public final class LogFile {
  /** The system property that the logging configuration reads. */
  static final String PROPERTY = "eddy.log";

  private static final String CONFIGURATION = "log4j2.configurationFile";
  private static final String TO_STANDARD_ERROR = "log4j2-standard-error.xml";

  /** They run for long, and their folder holds what they make; others leave nothing there. */
  private static final Set<String> LONG = Set.of("run", "train");

  private LogFile() {}

  /**
   * Chooses the place before anything logs, unless the property is set: {@code .eddy/eddy.log} for
   * what runs long, {@code eddy/eddy.log} in the user's folder of caches for the rest; where that
   * cannot be written, the user's folder for temporary files.
   *
   * @param arguments of the command line
   * @param err is told in a line where the log is, if not there
   * @return where a failure says its details are
   */
  public static Path open(String[] arguments, PrintStream err) {
    String wanted = System.getProperty(PROPERTY, usual(arguments).toString());
    Optional<String> fault = fault(Path.of(wanted));
    if (fault.isEmpty()) {
      return use(Path.of(wanted));
    }
    String cannot =
        "eddy: log: "
            + Printable.line(wanted)
            + ": cannot be written ("
            + fault.get()
            + "); it goes to ";
    Optional<Path> other =
        UserFolder.find()
            .map(folder -> folder.resolve("eddy.log"))
            .filter(file -> fault(file).isEmpty());
    if (other.isPresent()) {
      err.println(cannot + Printable.line(other.get().toString()));
      return use(other.get());
    }
    err.println(cannot + "standard error");
    System.setProperty(CONFIGURATION, TO_STANDARD_ERROR);
    return Path.of("standard error");
  }

  private static Path usual(String[] arguments) {
    if (arguments.length > 0 && LONG.contains(arguments[0])) {
      return Path.of(".eddy", "eddy.log");
    }
    String caches = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path folder =
        caches.startsWith("/")
            ? Path.of(caches)
            : Path.of(System.getProperty("user.home", ""), ".cache");
    return folder.resolve("eddy").resolve("eddy.log");
  }

  private static Path use(Path file) {
    System.setProperty(PROPERTY, file.toString());
    return file;
  }

  /** Why it cannot be written; makes nothing, because most commands log nothing. */
  private static Optional<String> fault(Path file) {
    Path place = file.toAbsolutePath();
    if (Files.exists(place)) {
      return Files.isWritable(place) && !Files.isDirectory(place)
          ? Optional.empty()
          : Optional.of("no permission");
    }
    Path parent = place.getParent();
    while (parent != null && !Files.exists(parent)) {
      parent = parent.getParent();
    }
    if (parent == null || !Files.isDirectory(parent)) {
      return Optional.of("a file is in the place of a folder");
    }
    return Files.isWritable(parent) ? Optional.empty() : Optional.of("no permission");
  }
}

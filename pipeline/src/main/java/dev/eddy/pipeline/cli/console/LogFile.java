package dev.eddy.pipeline.cli.console;

import java.nio.file.Path;

/** Chooses where log lines go, so that the console shows only what a user wants to read. */
public final class LogFile {
  /** The system property that the logging configuration reads. */
  static final String PROPERTY = "eddy.log";

  private LogFile() {}

  /** Chooses the file before anything logs: {@code .eddy/eddy.log} unless the property is set. */
  public static Path open() {
    String chosen = System.getProperty(PROPERTY, Path.of(".eddy", "eddy.log").toString());
    System.setProperty(PROPERTY, chosen);
    return Path.of(chosen);
  }
}

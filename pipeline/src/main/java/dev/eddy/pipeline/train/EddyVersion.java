package dev.eddy.pipeline.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Names the Eddy that is running, as provenance and {@code --version} have it. Maven writes the
 * pom's version into a file beside this class.
 */
public final class EddyVersion {
  private static final String FILE = "version.properties";

  private EddyVersion() {}

  /** Such as {@code eddy 0.1.0}; a snapshot goes by the version that it will become. */
  public static String text() {
    Properties properties = new Properties();
    try (InputStream in = EddyVersion.class.getResourceAsStream(FILE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "eddy " + properties.getProperty("version").replace("-SNAPSHOT", "");
  }
}

package dev.eddy.pipeline.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * What every report has in it so that it needs no network: its style, uPlot, which draws its plots,
 * with uPlot's licence, and what tells uPlot how.
 */
final class Page {
  private static final String POM = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private Page() {}

  static String style() {
    return uplot("dist/uPlot.min.css") + "\n" + text("report.css");
  }

  static String script() {
    return "/*\n"
        + uplot("LICENSE").replace("*/", "* /")
        + "\n*/\n"
        + uplot("dist/uPlot.iife.min.js")
        + "\n"
        + text("report.js");
  }

  private static String uplot(String file) {
    Properties artifact = new Properties();
    try (InputStream in = open(POM)) {
      artifact.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = artifact.getProperty("version", "");
    return text("/META-INF/resources/webjars/uplot/" + version + "/" + file);
  }

  private static String text(String resource) {
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = Page.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(resource + ": missing on the class path");
    }
    return in;
  }
}

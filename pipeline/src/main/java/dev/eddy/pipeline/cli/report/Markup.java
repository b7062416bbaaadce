package dev.eddy.pipeline.cli.report;

import java.util.Locale;

/** Formats text for HTML and SVG, which are written so that an XML parser reads them too. */
final class Markup {
  private Markup() {}

  /** Text with its special characters replaced. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A formatted piece of markup, with a point as the decimal mark everywhere. */
  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** A coordinate: a tenth of a pixel is fine enough and keeps the file small. */
  static String coordinate(double value) {
    return format("%.1f", value);
  }
}

package dev.eddy.pipeline.cli.console;

import dev.eddy.connectors.file.ReplayProgress;
import java.time.Duration;
import java.util.Locale;

/** Formats as the commands show them, with a point as the decimal mark everywhere. */
public final class Formats {
  private Formats() {}

  /** 1234567 as 1,234,567. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Three significant digits or so; a dash for what is not known. */
  public static String value(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    String pattern = size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, pattern, value);
  }

  /** A share between 0 and 1 as a percentage. */
  public static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : "–";
  }

  /** A share with one decimal. */
  public static String finePercent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "–";
  }

  /** Seconds, or minutes and seconds. */
  public static String seconds(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 120 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
  }

  /** How far files are read. */
  public static String progress(ReplayProgress progress) {
    return "read "
        + count(progress.sent())
        + " observations, "
        + percent(progress.fraction())
        + " of the files";
  }

  /** A duration as {@link #seconds(double)}. */
  public static String seconds(Duration duration) {
    return seconds(duration.toMillis() / 1e3);
  }
}

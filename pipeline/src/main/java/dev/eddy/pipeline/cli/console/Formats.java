package dev.eddy.pipeline.cli.console;

import dev.eddy.connectors.file.ReplayProgress;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.RecordedHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says in words what commands show: numbers, times, progress; with a point as the decimal mark
 * everywhere.
 */
public final class Formats {
  private static final double LEAST_WRITTEN_OUT = 1e-4;
  private static final double MOST_WRITTEN_OUT = 1e12;

  private Formats() {}

  /** 1234567 as 1,234,567. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Three significant digits or more; a dash for what is not known. */
  public static String value(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < LEAST_WRITTEN_OUT || size >= MOST_WRITTEN_OUT) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    return size >= 1000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%." + decimals(size) + "f", value);
  }

  private static int decimals(double size) {
    if (size >= 100) {
      return 1;
    }
    return size >= 1 ? 2 : 2 - (int) Math.floor(Math.log10(size)); // 0.0123 has four
  }

  /** A share between 0 and 1 as a percentage. */
  public static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : "–";
  }

  /** A share with one decimal; with significant digits where it is too small for one. */
  public static String smallPercent(double share) {
    boolean small = share > 0 && share < 0.0005;
    return small ? value(100 * share) + " %" : finePercent(share);
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

  /** How many a second. */
  public static String rate(double perSecond) {
    return (perSecond >= 10 || perSecond == 0 ? count(Math.round(perSecond)) : value(perSecond))
        + "/s";
  }

  /** How far files are read. */
  public static String progress(ReplayProgress progress) {
    return "read "
        + count(progress.sent())
        + " observations, "
        + percent(progress.fraction())
        + " of the files";
  }

  /** What was read of a history, then a line for each reason for which records were refused. */
  public static List<String> read(RecordedHistory history) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "read "
            + count(history.observations())
            + " observations from "
            + Instant.ofEpochMilli(history.oldest())
            + " to "
            + Instant.ofEpochMilli(history.newest())
            + (history.deadLetters() > 0
                ? "; " + count(history.deadLetters()) + " records are no observations"
                : ""));
    history.refused().lines().forEach(line -> lines.add("  refused: " + line));
    return lines;
  }

  /** What a deployment predicts, such as: forecasts of load. */
  public static String predicted(Deployment deployment) {
    return deployment
        .input()
        .label()
        .map(label -> "classes of " + label)
        .orElseGet(() -> "forecasts of " + String.join(", ", deployment.input().target()));
  }

  /** A duration as {@link #seconds(double)}. */
  public static String seconds(Duration duration) {
    return seconds(duration.toMillis() / 1e3);
  }
}

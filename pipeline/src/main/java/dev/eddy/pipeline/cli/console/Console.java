package dev.eddy.pipeline.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Shows what a command has to say: lines, one line of progress that is rewritten on a terminal and
 * repeated now and then elsewhere, and a machine-readable result at the end. Safe for many threads.
 */
public final class Console {
  private static final Duration TERMINAL_EVERY = Duration.ofMillis(100);
  private static final Duration FILE_EVERY = Duration.ofSeconds(5);

  private final PrintWriter out;
  private final boolean terminal;
  private long lastProgress = Long.MIN_VALUE;
  private int shown;

  /**
   * Prints to {@code out}.
   *
   * @param terminal whether a line can be rewritten
   */
  public Console(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Standard output; the launcher knows whether it is a terminal and says so. */
  public static Console of(PrintWriter out) {
    return new Console(out, Boolean.getBoolean("eddy.terminal"));
  }

  /** Prints a line that stays. */
  public synchronized void line(String text) {
    erase();
    out.println(text);
    out.flush();
    lastProgress = Long.MIN_VALUE;
  }

  /** Shows how far something is; most calls show nothing. */
  public synchronized void progress(String text) {
    long now = System.nanoTime();
    long every = (terminal ? TERMINAL_EVERY : FILE_EVERY).toNanos();
    if (lastProgress != Long.MIN_VALUE && now - lastProgress < every) {
      return;
    }
    if (terminal) {
      erase();
      out.print(text);
      shown = text.length();
    } else if (lastProgress != Long.MIN_VALUE) {
      out.println(text);
    }
    lastProgress = now;
    out.flush();
  }

  /** Prints {@code result} as one line of JSON. */
  public synchronized void json(Object result) {
    try {
      line(new ObjectMapper().writeValueAsString(result));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result is no JSON", e);
    }
  }

  private void erase() {
    if (shown > 0) {
      out.print("\r" + " ".repeat(shown) + "\r");
      shown = 0;
    }
  }
}

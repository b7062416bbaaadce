package dev.eddy.pipeline.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Shows what a command has to say: lines, and one line of progress that is rewritten on a terminal
 * and repeated now and then elsewhere; never anything that a terminal would obey. Where another
 * program is to read the result, its JSON is all there is on standard output, and lines go to
 * standard error. Safe for many threads.
 */
public final class Console {
  private static final Duration TERMINAL_EVERY = Duration.ofMillis(100);
  private static final Duration FILE_EVERY = Duration.ofSeconds(5);
  private static final int ECHO = 2; // of Ctrl-C behind the line
  private static final int LEAST_COLUMNS = 20;
  private static final int USUAL_COLUMNS = 80;

  private final PrintWriter out;
  private final PrintWriter results;
  private final boolean terminal;
  private final int columns = // the launcher knows
      Math.max(LEAST_COLUMNS, Integer.getInteger("eddy.columns", USUAL_COLUMNS));
  private long lastProgress = Long.MIN_VALUE;
  private int shown;

  /**
   * Prints to {@code out}.
   *
   * @param terminal whether a line can be rewritten
   */
  public Console(PrintWriter out, boolean terminal) {
    this(out, out, terminal);
  }

  private Console(PrintWriter out, PrintWriter results, boolean terminal) {
    this.out = out;
    this.results = results;
    this.terminal = terminal;
  }

  /** Standard output; the launcher knows whether it is a terminal and says so. */
  public static Console of(PrintWriter out) {
    return new Console(out, Boolean.getBoolean("eddy.terminal"));
  }

  /**
   * A console whose standard output is kept for one JSON object.
   *
   * @param err takes the lines
   */
  public static Console ofResult(PrintWriter out, PrintWriter err) {
    return new Console(err, out, false);
  }

  /** Whether a line can be rewritten. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Prints a line that stays. */
  public synchronized void line(String text) {
    stay(Printable.line(text));
  }

  /** Prints text that has line breaks of its own. */
  public synchronized void document(String text) {
    stay(Printable.document(text));
  }

  private void stay(String text) {
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
      rewrite(text);
    } else if (lastProgress != Long.MIN_VALUE) {
      out.println(Printable.line(text));
    }
    lastProgress = now;
    out.flush();
  }

  /** Shows how something is on a terminal, whenever it is called; elsewhere nothing. */
  public synchronized void status(String text) {
    if (terminal) {
      rewrite(text);
      out.flush();
    }
  }

  /** A line that is wider than the terminal could not be rewritten. */
  private void rewrite(String text) {
    erase();
    String line = Printable.line(text);
    if (line.length() >= columns) {
      line = line.substring(0, columns - 2) + "…";
    }
    out.print(line);
    shown = line.length();
  }

  /** Prints {@code result} as one line of JSON. */
  public void json(Object result) {
    try {
      raw(Printable.json(new ObjectMapper().writeValueAsString(result)) + System.lineSeparator());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result is no JSON", e);
    }
  }

  /** Prints a piece of a result that is too long to be held whole. */
  public synchronized void raw(String json) {
    erase();
    results.print(json);
    results.flush();
  }

  /** Whether nobody reads the output any more, such as {@code head} that has had its lines. */
  public boolean isUnread() {
    return results.checkError() || out.checkError();
  }

  private void erase() {
    if (shown > 0) {
      int width = Math.min(shown + ECHO, columns - 1);
      out.print("\r" + " ".repeat(Math.max(shown, width)) + "\r");
      shown = 0;
    }
  }
}

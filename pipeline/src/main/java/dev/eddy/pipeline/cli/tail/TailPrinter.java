package dev.eddy.pipeline.cli.tail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.FailureReport;
import dev.eddy.pipeline.cli.console.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Prints records as they come and keeps none: a line for each, or one JSON object that is closed at
 * the end, on Ctrl-C too. Safe for many threads.
 */
public final class TailPrinter {
  private final Console console;
  private final boolean json;
  private final Thread atExit = new Thread(() -> close(null), "eddy-tail-end");
  private long printed;
  private boolean open = true;

  /** Opens it. */
  public TailPrinter(Console console, String topic, boolean json) {
    this.console = console;
    this.json = json;
    if (json) {
      Runtime.getRuntime().addShutdownHook(atExit);
      console.raw("{\"topic\":" + written(topic) + ",\"records\":[");
    }
  }

  public synchronized void print(TailedRecord record) {
    if (!open) {
      return;
    }
    if (json) {
      console.raw((printed == 0 ? "\n" : ",\n") + record.json());
    } else {
      console.line(record.line());
    }
    printed++;
  }

  public synchronized long printed() {
    return printed;
  }

  /**
   * Nothing more comes.
   *
   * @param failure why; null where all is well
   */
  public void end(@Nullable FailureReport failure) {
    close(failure);
    if (json) {
      try {
        Runtime.getRuntime().removeShutdownHook(atExit);
      } catch (IllegalStateException e) {
        // The process ends already.
      }
    }
  }

  private synchronized void close(@Nullable FailureReport failure) {
    if (open && json) {
      String error = failure == null ? "" : ",\"error\":" + written(failure.json().get("error"));
      console.raw("\n],\"count\":" + printed + error + "}" + System.lineSeparator());
    }
    open = false;
  }

  private static String written(@Nullable Object value) {
    try {
      return Printable.json(new ObjectMapper().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result is no JSON", e);
    }
  }
}

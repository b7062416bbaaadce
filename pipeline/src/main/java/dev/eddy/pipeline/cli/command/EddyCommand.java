package dev.eddy.pipeline.cli.command;

import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.FailureReport;
import dev.eddy.pipeline.cli.console.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Base of every command: gives it a console and {@code --json}. */
public abstract class EddyCommand {
  /** Also where the command line itself is wrong, so that no command has read it. */
  public static final String JSON = "--json";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
  private CommandSpec spec;

  @Option(
      names = JSON,
      description = {
        "Prints the result, or {\"error\": …}, as one JSON object and nothing else;",
        "lines go to standard error."
      })
  private boolean json;

  private @Nullable Console console;
  private @Nullable Map<String, Object> result;

  /** One for each command line: made by picocli. */
  protected EddyCommand() {}

  /** Where the command prints. */
  protected final Console console() {
    if (console == null) {
      var line = spec.commandLine();
      console = json ? Console.ofResult(line.getOut(), line.getErr()) : Console.of(line.getOut());
    }
    return console;
  }

  /** Says something beside the output, which another program may read. */
  protected final void warn(String line) {
    spec.commandLine().getErr().println("eddy: " + Printable.line(line));
    spec.commandLine().getErr().flush();
  }

  /** Whether the result is for another program. */
  protected final boolean wantsJson() {
    return json;
  }

  /** The same; from now on the command itself prints that object, whatever happens. */
  final synchronized boolean takesJson() {
    boolean wanted = json;
    console();
    json = false;
    return wanted;
  }

  /** Prints the result when the command ends, if asked to. */
  protected final synchronized void json(Map<String, Object> result) {
    this.result = new LinkedHashMap<>(result);
  }

  /** Prints a result that is large, and made only if asked for. */
  protected final void json(Supplier<Map<String, Object>> result) {
    if (json) {
      json(result.get());
    }
  }

  /** Prints the result before the command ends, which it may do at once or never. */
  protected final synchronized void jsonNow(Map<String, Object> result) {
    json(result);
    succeeded();
    json = false;
  }

  /** The command has ended well. */
  public final synchronized void succeeded() {
    if (json && result != null) {
      console().json(result);
    }
  }

  /** The command has ended badly; what it had found out by then is told all the same. */
  public final synchronized void failed(FailureReport report) {
    if (json) {
      Map<String, Object> told = result == null ? new LinkedHashMap<>() : result;
      told.putAll(report.json());
      console().json(told);
    }
  }
}

package dev.eddy.pipeline.cli.command;

import dev.eddy.pipeline.cli.console.Console;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Base of every command: gives it a console and {@code --json}. */
abstract class EddyCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
  private CommandSpec spec;

  @Option(names = "--json", description = "Prints the result as one line of JSON at the end.")
  private boolean json;

  private @Nullable Console console;

  /** Where the command prints. */
  final Console console() {
    if (console == null) {
      console = Console.of(spec.commandLine().getOut());
    }
    return console;
  }

  /** Says something beside the output, which another program may read. */
  final void warn(String line) {
    spec.commandLine().getErr().println("eddy: " + line);
    spec.commandLine().getErr().flush();
  }

  /** Prints the result, if asked to. */
  final void json(Object result) {
    json(() -> result);
  }

  /** Prints a result that is large, and made only if asked for. */
  final void json(Supplier<?> result) {
    if (json) {
      console().json(result.get());
    }
  }
}

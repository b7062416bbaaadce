package dev.eddy.benchmarks.cli;

import dev.eddy.benchmarks.run.PeersMissingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eddy bench}: Eddy beside its peers. */
@Command(
    name = "eddy bench",
    description = "Measures Eddy beside its peers, on one thread, in one run.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {StepCommand.class, TrainCommand.class, KernelsCommand.class})
public final class Bench implements Runnable {
  private static final int MENDABLE = 2;

  /** Tells the launcher to build the peers' libraries and to call again. */
  private static final int PEERS_MISSING = 75;

  @Spec private CommandSpec spec;

  /** Needs a command. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before it runs anything
  Bench() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing, such as: eddy bench step");
  }

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Bench());
    commandLine.setUsageHelpWidth(100);
    commandLine.setParameterExceptionHandler(
        (wrong, arguments) -> {
          CommandLine command = wrong.getCommandLine();
          command.getErr().println("eddy: " + firstLine(wrong));
          command.getErr().println("try: " + command.getCommandSpec().qualifiedName() + " --help");
          return MENDABLE;
        });
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof PeersMissingException) {
            return PEERS_MISSING;
          }
          command.getErr().println("eddy: " + firstLine(failure));
          return failure instanceof IllegalArgumentException ? MENDABLE : 1;
        });
    return commandLine;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }
}
